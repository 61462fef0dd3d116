import type { ServerSource } from '../server-source';
import type { PublishedWheel } from '../wheel/published-wheel';
import { WheelCache, type WheelFetcher } from '../wheel/wheel-cache';
import { type SecantusdbProgram, secantusdbProgram } from './secantusdb-program';
import { SECANTUSDB_VERSION, wheelFor } from './secantusdb-wheel';

const TITLE = `SecantusDB ${SECANTUSDB_VERSION}`;

/** Where SecantusDB's native server comes from. */
export interface SecantusdbSource extends ServerSource {
  find(): Promise<SecantusdbProgram | undefined>;
  fetch(): Promise<SecantusdbProgram>;
}

/** SecantusDB's native server from its pinned wheel, kept in the cache folder. */
export function secantusdbSource(
  cacheDirectory: string,
  report: (line: string) => void,
  fetchers?: readonly WheelFetcher[],
  wheel: PublishedWheel | null = wheelFor(process.platform, process.arch),
): SecantusdbSource {
  const cache = new WheelCache(cacheDirectory, report, fetchers);
  return {
    product: 'secantusdb',
    title: TITLE,
    find: async (): Promise<SecantusdbProgram | undefined> => {
      const executable = wheel && (await cache.find(wheel));
      return executable ? secantusdbProgram(executable) : undefined;
    },
    fetch: async () => {
      if (wheel === null) {
        throw new Error(`there is no wheel of it for ${process.platform} on ${process.arch}`);
      }
      return secantusdbProgram(await cache.fetch(wheel, `${TITLE} (about 22 MB, once)`));
    },
  };
}
