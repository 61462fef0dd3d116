import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const COMPRESSIBLE = /\.(js|css|svg|json|txt)$/;

/** Puts a brotli version beside each file that gains by it; files that have a newer one already are left alone. */
export function compressFiles(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) continue;
    const compressed = `${path}.br`;
    const made = statSync(compressed, { throwIfNoEntry: false });
    if (made && made.mtimeMs >= statSync(path).mtimeMs) continue;
    const content = readFileSync(path);
    const parameters = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(compressed, brotliCompressSync(content, { params: parameters }));
  }
}
