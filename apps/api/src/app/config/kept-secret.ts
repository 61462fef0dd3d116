import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeDirectory } from '@elite-chat/database-server';

import { EnvironmentError } from './environment-error';

const FILE = 'jwt-secret';
const SECRET_BYTES = 48;

/**
 * The secret of a server that was given none: made at the first start and kept in the data directory,
 * readable by its owner only, so that tokens outlive a restart.
 */
export function keptSecret(dataDirectory: string): string {
  const path = join(dataDirectory, FILE);
  const secret = readOrMake(path, dataDirectory);
  if (Buffer.byteLength(secret) < SECRET_BYTES) {
    throw new EnvironmentError('DATA_DIR', `has a damaged secret in "${path}"; delete that file.`);
  }
  return secret;
}

function readOrMake(path: string, dataDirectory: string): string {
  try {
    makeDirectory(dataDirectory);
    makeUnlessThere(path);
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new EnvironmentError(
      'DATA_DIR',
      `"${dataDirectory}" can't be used (${errorCode(error) ?? 'unknown reason'}); choose another folder.`,
    );
  }
}

/** Exclusive: of two starts at once one makes it, the other reads it. */
function makeUnlessThere(path: string): void {
  try {
    writeFileSync(path, randomBytes(SECRET_BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
