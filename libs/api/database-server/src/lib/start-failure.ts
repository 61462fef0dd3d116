import { DatabaseServerError } from './database-server';
import { displayPath } from './display-path';
import { errorCode, errorText, saysDiskFull } from './error-text';
import { ServerStartError } from './process/server-start';
import type { ServerProgram } from './server-program';

const DIRECTORY_LOCKED = /already being managed by another process|DBPathInUse|Unable to lock/i;
const PORT_TAKEN = /Address already in use|EADDRINUSE/i;

/** The one line for a server that did not start. */
export function startFailure(
  error: unknown,
  program: ServerProgram,
  place: { storageDirectory: string; port: number },
): DatabaseServerError {
  if (error instanceof DatabaseServerError) return error;
  const directory = displayPath(place.storageDirectory);
  const output = error instanceof ServerStartError ? error.output : '';
  const lastLine = output.split('\n').at(-1) ?? '';
  const said = lastLine === '' ? '' : `: ${lastLine}`;
  return new DatabaseServerError(
    knownFailure(`${errorText(error)}\n${output}`, directory, place.port) ??
      `${program.title} in ${directory} did not start: it ${errorText(error)}${said}`,
    { cause: error },
  );
}

function knownFailure(text: string, directory: string, port: number): string | undefined {
  if (saysDiskFull(text)) return diskFull(directory);
  if (DIRECTORY_LOCKED.test(text)) {
    return `${directory} is already in use by another database server. Stop that one first, or set DATA_DIR to another directory.`;
  }
  if (PORT_TAKEN.test(text)) {
    return `Port ${port}, which the database in ${directory} was set up with, is taken by another program. Stop that one first.`;
  }
  return undefined;
}

/** The one line for a data directory that can't be used. */
export function directoryFailure(error: unknown, dataDirectory: string): DatabaseServerError {
  if (error instanceof DatabaseServerError) return error;
  const directory = displayPath(dataDirectory);
  if (saysDiskFull(errorText(error))) return new DatabaseServerError(diskFull(directory), { cause: error });
  return new DatabaseServerError(
    `${directory} cannot be used for the data (${errorCode(error) ?? errorText(error)}). Make it a directory that this user may write, or set DATA_DIR to another one.`,
    { cause: error },
  );
}

/** Why a running server ended, for a person. */
export function endReason(how: string, output: string, storageDirectory: string): string {
  if (saysDiskFull(output)) return diskFull(displayPath(storageDirectory));
  const lastLine = output.split('\n').at(-1) ?? '';
  return lastLine === '' ? `it ${how}` : `it ${how}: ${lastLine}`;
}

function diskFull(directory: string): string {
  return `The disk that holds ${directory} is full. Free some space and start again.`;
}
