import type { ServerProcess } from './server-process';

/** A server that did not come up; carries what it wrote last. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError';

  constructor(
    message: string,
    readonly output: string,
  ) {
    super(message);
  }
}

/** Resolves with the match of the first output line that matches; throws when the server ends or `timeoutMs` pass before. */
export async function waitForLine(
  server: ServerProcess,
  pattern: RegExp,
  timeoutMs: number,
): Promise<RegExpExecArray> {
  let stopListening: (() => void) | undefined;
  const found = new Promise<RegExpExecArray>((resolve) => {
    stopListening = server.onLine((line) => {
      const match = pattern.exec(line);
      if (match !== null) resolve(match);
    });
  });
  try {
    return await failingWithServer(server, timeoutMs, found);
  } finally {
    stopListening?.();
  }
}

/** The result of `start`, or an error as soon as the server ends or `timeoutMs` have passed. */
export async function failingWithServer<T>(
  server: ServerProcess,
  timeoutMs: number,
  start: Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ServerStartError(`was not ready after ${timeoutMs / 1000} s`, server.output)),
      timeoutMs,
    );
  });
  const end = server.ended.then((how): never => {
    throw new ServerStartError(how, server.output);
  });
  try {
    return await Promise.race([start, timeout, end]);
  } finally {
    clearTimeout(timer);
  }
}
