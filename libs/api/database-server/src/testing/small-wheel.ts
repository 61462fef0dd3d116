import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PublishedWheel } from '../lib/wheel/published-wheel';

const EXECUTABLE = 'secantusdb.scripts/secantusd-rs';

/** A wheel shaped like the real one, with a script in place of the server, and what its pin would say. */
export async function smallWheel(directory: string): Promise<{ file: string; wheel: PublishedWheel }> {
  const content = join(directory, 'content');
  for (const [name, text] of [
    [EXECUTABLE, '#!/bin/sh\necho small\n'],
    ['secantusdb.libs/library.so', 'library'],
    ['secantus/unneeded.py', ''],
  ] as const) {
    await mkdir(dirname(join(content, name)), { recursive: true });
    await writeFile(join(content, name), text);
  }
  const file = join(directory, 'small.whl');
  const folders = ['secantusdb.scripts', 'secantusdb.libs', 'secantus'];
  await promisify(execFile)('python3', ['-m', 'zipfile', '-c', file, ...folders], { cwd: content });
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  const wheel = {
    requirement: 'SecantusDB==0.6.0b17',
    fileName: 'small.whl',
    sha256,
    pipPlatform: 'any',
    executable: EXECUTABLE,
    alongside: ['secantusdb.libs/'],
  };
  return { file, wheel };
}
