import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from '../../testing/temporary-directory';
import { DirectoryOwnership } from './directory-ownership';
import { identifyProcess, isRunning } from './process-identity';

let dataDirectory: string;

beforeEach(async () => {
  dataDirectory = await temporaryDirectory();
});

afterEach(removeTemporaryDirectories);

function writeRecord(record: unknown): Promise<void> {
  return writeFile(join(dataDirectory, 'database-owner.json'), JSON.stringify(record));
}

it('goes to exactly one of several claims at once, also over a dead owner', async () => {
  // The moment that matters is short: it takes some rounds to hit it.
  for (let round = 0; round < 30; round++) {
    await writeRecord({ owner: { pid: process.pid, started: 'another time' } });
    const claims = await Promise.allSettled(
      Array.from({ length: 16 }, () => DirectoryOwnership.claim(dataDirectory)),
    );
    const owners = claims.filter((claim) => claim.status === 'fulfilled');
    expect(owners).toHaveLength(1);
    await owners[0]?.value.release();
  }
}, 30_000);

it('is not held by a process that merely got the number of a dead owner', async () => {
  await writeRecord({ owner: { pid: process.pid, started: 'another time' } });
  const ownership = await DirectoryOwnership.claim(dataDirectory);
  await ownership.release();
});

it('never takes a process that merely got the number of a dead database for it', async () => {
  const stranger = { pid: process.pid, started: 'another time' };
  await writeRecord({ owner: stranger, database: stranger });
  const ownership = await DirectoryOwnership.claim(dataDirectory);
  expect(await ownership.orphan()).toBeUndefined();
});

it('hands the orphan of a dead owner to the one who takes over', async () => {
  const database = await identifyProcess(process.pid);
  await writeRecord({ owner: { pid: process.pid, started: 'another time' }, database });
  const ownership = await DirectoryOwnership.claim(dataDirectory);
  expect(await ownership.orphan()).toEqual(database);
});

it.each(['', '{', 'null', '{"owner":{"pid":-1,"started":"x"}}', '{"owner":7}'])(
  'is taken over from a damaged note: %s',
  async (content) => {
    await writeFile(join(dataDirectory, 'database-owner.json'), content);
    await (await DirectoryOwnership.claim(dataDirectory)).release();
  },
);

it('tells a running process from one that has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(child, 'spawn');
  const identity = await identifyProcess(child.pid ?? 0);
  if (identity === undefined) throw new Error('The process is not seen');
  expect(await isRunning(identity)).toBe(true);
  child.stdin.end();
  await once(child, 'exit');
  expect(await isRunning(identity)).toBe(false);
});
