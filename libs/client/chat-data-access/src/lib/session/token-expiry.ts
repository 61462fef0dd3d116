/** When a JWT expires, in milliseconds since 1970; null when it doesn't say. The signature is the server's affair. */
export function tokenExpiry(token: string): number | null {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const expiry = typeof claims === 'object' && claims !== null ? Reflect.get(claims, 'exp') : undefined;
    return typeof expiry === 'number' ? expiry * 1000 : null;
  } catch {
    return null;
  }
}
