import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../error-text';

/**
 * Makes a directory and those above it that are missing; one that is there is left as it is. Not by `recursive`,
 * which never ends where a file system says ENOENT below a directory that exists, as `/proc` does.
 */
export function makeDirectory(path: string): void {
  const parent = dirname(path);
  if (!existsSync(parent)) makeDirectory(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
