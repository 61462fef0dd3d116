import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ServerSource } from '../server-source';
import { mongodProgram, mongodVersion } from './mongod-program';

/** A `mongod` that the machine has, on the PATH. */
export function mongodOnPath(searchPath: string = process.env['PATH'] ?? ''): ServerSource {
  return {
    product: 'mongod',
    title: 'mongod on the PATH',
    find: async () => {
      const executable = await findOnPath(searchPath);
      if (executable === undefined) return undefined;
      return mongodProgram('mongod', executable, await mongodVersion(executable));
    },
  };
}

async function findOnPath(searchPath: string): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'mongod.exe' : 'mongod';
  for (const directory of searchPath.split(delimiter)) {
    if (directory === '') continue;
    const executable = join(directory, name);
    const isExecutable = await access(executable, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isExecutable) return executable;
  }
  return undefined;
}
