import { DatabaseServerError } from '@elite-chat/database-server';

import { EnvironmentError } from './config/environment';
import { SchemaVersionError } from './database/schema-version';
import { UnfinishedRestoreError } from './database/unfinished-restore';

/** Why the server did not start, in one line for a person; null for what nobody foresaw. */
export function explainStartFailure(
  error: unknown,
  { host, port }: { host: string; port: number },
): string | null {
  if (
    error instanceof EnvironmentError ||
    error instanceof DatabaseServerError ||
    error instanceof SchemaVersionError ||
    error instanceof UnfinishedRestoreError
  ) {
    return error.message;
  }
  if (!(error instanceof Error)) return null;
  switch ('code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use: stop the other program, or set PORT to another number.`;
    case 'EACCES':
      return `Port ${port} on ${host} may not be used by this user: set PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST "${host}" is no address of this machine.`;
    default:
      // The driver's message may hold the address with its password.
      return /^Mongo/.test(error.name)
        ? `The database does not answer or refused the connection (${error.name}): check MONGODB_URI.`
        : null;
  }
}
