/** What the log keeps of an error. */
interface LoggableError {
  type: string;
  message: string;
  stack: string | undefined;
  code?: string | number;
  cause?: LoggableError;
}

/** Causes of causes beyond this tell nothing new. */
const DEPTH_MAX = 3;

/** An error without its further properties: the driver hangs the documents of a failed write on them. */
export function loggableError(error: unknown, depth = 0): LoggableError | string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? error.code : undefined;
  const cause =
    error.cause instanceof Error && depth < DEPTH_MAX ? loggableError(error.cause, depth + 1) : null;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(cause && typeof cause === 'object' && { cause }),
  };
}
