import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The root of the repository, from wherever in it this code runs: the sources or a bundle. */
export const WORKSPACE = findWorkspace(__dirname);

/** A file of the repository. */
export function readWorkspaceFile(path: string): Promise<string> {
  return readFile(join(WORKSPACE, path), 'utf8');
}

function findWorkspace(directory: string): string {
  if (existsSync(join(directory, 'nx.json'))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error('This code does not run inside of the repository.');
  return findWorkspace(parent);
}
