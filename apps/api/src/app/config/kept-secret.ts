import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { EnvironmentError } from './environment-error';

const FILE = 'jwt-secret';
const SECRET_BYTES = 48;

/**
 * The secret of a server that was given none: made at the first start and kept in the data directory,
 * readable by its owner only, so that tokens outlive a restart.
 */
export function keptSecret(dataDirectory: string): string {
  const path = join(dataDirectory, FILE);
  try {
    mkdirSync(dataDirectory, { recursive: true });
    try {
      // Exclusive: of two starts at once one makes it, the other reads it.
      writeFileSync(path, randomBytes(SECRET_BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!isNodeError(error) || error.code !== 'EEXIST') throw error;
    }
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const reason = isNodeError(error) ? error.code : 'unknown reason';
    throw new EnvironmentError(
      'DATA_DIR',
      `"${dataDirectory}" can't be written to (${reason}); choose another folder.`,
    );
  }
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
