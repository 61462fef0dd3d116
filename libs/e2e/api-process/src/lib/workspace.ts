import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The root of the repository. */
export const WORKSPACE = join(__dirname, '../../../../..');

/** A file of the repository. */
export function readWorkspaceFile(path: string): Promise<string> {
  return readFile(join(WORKSPACE, path), 'utf8');
}
