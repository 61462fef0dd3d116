/**
 * How long a JWT is valid from when it was given out, in milliseconds; null when it doesn't say. A
 * difference, because this machine's clock may be days off the server's.
 */
export function tokenLifetime(token: string): number | null {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    if (typeof claims !== 'object' || claims === null) return null;
    const issued: unknown = Reflect.get(claims, 'iat');
    const expires: unknown = Reflect.get(claims, 'exp');
    return typeof issued === 'number' && typeof expires === 'number' ? (expires - issued) * 1000 : null;
  } catch {
    return null;
  }
}
