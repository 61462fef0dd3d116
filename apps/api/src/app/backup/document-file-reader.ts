import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { BackupError, systemCode } from './backup-error';

/** Length prefix and end mark: the empty document. */
const DOCUMENT_BYTES_MIN = 5;

/** More than any server stores in one document (16 MiB). */
const DOCUMENT_BYTES_MAX = 17 * 1024 * 1024;

/** The documents of a file, one after another. @throws BackupError when it is no such file, or cut */
export async function* readDocuments(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const source = createReadStream(path);
  const content = source.pipe(createGunzip());
  source.once('error', (error) => content.destroy(error));
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of content) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = endOf(rest, start, path); end <= rest.length; end = endOf(rest, start, path)) {
        yield rest.subarray(start, end);
        start = end;
      }
      rest = rest.subarray(start);
    }
  } catch (error) {
    if (!systemCode(error)?.startsWith('Z_')) throw error;
    throw new BackupError(`${path} is damaged: it can't be uncompressed.`);
  } finally {
    source.destroy();
    content.destroy();
  }
  if (rest.length > 0) throw new BackupError(`${path} is cut: it ends within a document.`);
}

/** SHA-256 and size of a file, read piece by piece. */
export async function digestFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  const source = createReadStream(path);
  await pipeline(source, hash);
  return { sha256: hash.digest('hex'), bytes: source.bytesRead };
}

/** Where the document that begins at `start` ends; infinity while its length is not known. */
function endOf(buffer: Buffer, start: number, path: string): number {
  if (buffer.length - start < 4) return Infinity;
  const length = buffer.readInt32LE(start);
  if (length < DOCUMENT_BYTES_MIN || length > DOCUMENT_BYTES_MAX) {
    throw new BackupError(`${path} is damaged: it holds something that is no document.`);
  }
  return start + length;
}
