import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from '../testing/temporary-directory';
import { findRunningDatabaseServer } from './directory/directory-ownership';
import { secantusdbProgram } from './secantusdb/secantusdb-program';
import type { DatabaseServer } from './database-server';
import { startOwnServer } from './start-database-server';

let directory: string;
let dataDirectory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  dataDirectory = join(directory, 'data');
});

afterEach(removeTemporaryDirectories);

/** A start with a script in place of the embedded server. */
async function startScript(script: string): Promise<DatabaseServer> {
  const executable = join(directory, 'server');
  await writeFile(executable, `#!/bin/sh\n${script}\n`);
  await chmod(executable, 0o755);
  return startOwnServer(
    dataDirectory,
    () => undefined,
    () => [
      {
        product: 'secantusdb',
        title: 'script',
        find: () => Promise.resolve(secantusdbProgram(executable)),
      },
    ],
  );
}

it('says with what words a server died at its start, and leaves the directory free', async () => {
  await expect(startScript('echo first; echo "something is wrong" >&2; exit 3')).rejects.toThrow(
    `SecantusDB 0.6.0b17 (embedded) in ${dataDirectory}/database did not start: it ended with code 3: something is wrong`,
  );
  expect(await findRunningDatabaseServer(dataDirectory)).toBeNull();
  await expect(startScript('exit 4')).rejects.toThrow('it ended with code 4');
});

it('says that the disk is full', async () => {
  await expect(
    startScript('echo "failed to write: No space left on device (os error 28)" >&2; exit 1'),
  ).rejects.toThrow(
    `The disk that holds ${dataDirectory}/database is full. Free some space and start again.`,
  );
});

it('says that the disk is full when a running server ends for that', async () => {
  const go = join(directory, 'go');
  const server = await startScript(
    `echo "listening on 127.0.0.1:1"; until [ -e ${go} ]; do sleep 0.05; done; echo "WT panic: No space left on device"; exit 1`,
  );
  await writeFile(go, '');
  expect(await server.exited).toBe(
    `The disk that holds ${dataDirectory}/database is full. Free some space and start again.`,
  );
  await server.stop();
});

it('says that a server cannot be run at all', async () => {
  const missing = (): Promise<DatabaseServer> =>
    startOwnServer(
      dataDirectory,
      () => undefined,
      () => [
        {
          product: 'secantusdb',
          title: 'missing',
          find: () => Promise.resolve(secantusdbProgram(join(directory, 'missing'))),
        },
      ],
    );
  await expect(missing()).rejects.toThrow(/did not start: it could not be run \(.*ENOENT/);
});

it('kills a server that does not end by itself', async () => {
  const server = await startScript(
    'trap "" TERM; echo "listening on 127.0.0.1:1"; while :; do sleep 1; done',
  );
  await server.stop();
  expect(await findRunningDatabaseServer(dataDirectory)).toBeNull();
}, 20_000);

it('refuses a path that is no directory', async () => {
  await writeFile(dataDirectory, '');
  await expect(startScript('exit 0')).rejects.toThrow(
    `${dataDirectory} cannot be used for the data (ENOTDIR). Make it a directory that this user may write, or set DATA_DIR to another one.`,
  );
});

it('refuses data of unknown origin', async () => {
  await mkdir(join(dataDirectory, 'database'), { recursive: true });
  await writeFile(join(dataDirectory, 'database', 'WiredTiger'), '');
  await expect(startScript('exit 0')).rejects.toThrow(
    `${dataDirectory}/database is not empty, but ${dataDirectory}/database.json, which says what server made it, is missing or damaged.`,
  );
});

it('does not bind a directory to a server that never wrote into it', async () => {
  await expect(startScript('exit 1')).rejects.toThrow('ended with code 1');
  await writeFile(join(dataDirectory, 'database.json'), '{"product":"mongod","version":"1.0","port":1}');
  await expect(startScript('exit 5')).rejects.toThrow('ended with code 5');
});
