import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from '../../testing/temporary-directory';
import { fetchWithPip } from './fetch-with-pip';
import type { PublishedWheel } from './published-wheel';

const wheel: PublishedWheel = {
  requirement: 'SecantusDB==0.6.0b17',
  fileName: 'small.whl',
  sha256: '',
  pipPlatform: 'any',
  executable: '',
  alongside: [],
};
let binDirectory: string;

beforeEach(async () => {
  binDirectory = await temporaryDirectory();
});

afterEach(removeTemporaryDirectories);

/** A stand-in for a Python: what it does when asked for pip's version, and when pip shall download. */
async function python(name: string, version: string, download: string): Promise<string> {
  const file = join(binDirectory, name);
  await writeFile(file, `#!/bin/sh\nif [ "$3" = --version ]; then ${version}; else ${download}; fi\n`);
  await chmod(file, 0o755);
  return file;
}

const withoutPip = (): Promise<string> => python('bare', 'echo "No module named pip" >&2; exit 1', 'exit 1');
const withPip = (): Promise<string> => python('good', 'echo pip', 'exit 0');

it('goes on to the next Python where one has no pip', async () => {
  expect(await fetchWithPip(wheel, '/somewhere', [await withoutPip(), await withPip()])).toBe(
    join('/somewhere', 'small.whl'),
  );
});

it('does not ask another Python what pip has failed at', async () => {
  const failing = await python('failing', 'echo pip', 'echo "ERROR: No matching distribution" >&2; exit 1');
  await expect(fetchWithPip(wheel, '/somewhere', [failing, await withPip()])).rejects.toThrow(
    /^ERROR: No matching distribution$/,
  );
});

it('says what is wrong with each where none has pip', async () => {
  const bare = await withoutPip();
  await expect(fetchWithPip(wheel, '/somewhere', [bare, '/nowhere/python'])).rejects.toThrow(
    `${bare}: No module named pip; /nowhere/python: not found`,
  );
});
