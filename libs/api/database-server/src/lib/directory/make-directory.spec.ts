import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from '../../testing/temporary-directory';
import { makeDirectory } from './make-directory';

afterEach(removeTemporaryDirectories);

it('makes the directory with all above it, and twice is as good as once', async () => {
  const directory = join(await temporaryDirectory(), 'one', 'two', 'three');
  makeDirectory(directory);
  makeDirectory(directory);
  expect(existsSync(directory)).toBe(true);
});

it('fails below a file', async () => {
  const file = join(await temporaryDirectory(), 'file');
  await writeFile(file, '');
  expect(() => makeDirectory(join(file, 'below'))).toThrow('ENOTDIR');
});

(process.platform === 'linux' ? it : it.skip)('ends where nothing can be made', () => {
  expect(() => makeDirectory('/proc/elite-chat/data')).toThrow('ENOENT');
});
