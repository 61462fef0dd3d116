import { ERROR_STATUS, type ErrorBody } from '@elite-chat/contracts';

/** The value as an error of our API; null when it is something else, such as a proxy's page. */
export function readErrorBody(value: unknown): ErrorBody | null {
  return isErrorBody(value) ? value : null;
}

function isErrorBody(value: unknown): value is ErrorBody {
  if (typeof value !== 'object' || value === null) return false;
  const code: unknown = Reflect.get(value, 'code');
  return (
    typeof code === 'string' &&
    Object.hasOwn(ERROR_STATUS, code) &&
    typeof Reflect.get(value, 'message') === 'string'
  );
}
