import { join } from 'node:path';
import type { ServerSource } from '../server-source';
import type { ServerProgram } from '../server-program';
import { mongodProgram, mongodVersion } from './mongod-program';

const DOWNLOAD_HOST = 'fastdl.mongodb.org';
const REACHABLE_TIMEOUT_MS = 3_000;

/** A `mongod` from MongoDB's own download site, kept by the binary cache of `mongodb-memory-server-core`. */
export function mongodDownload(
  cacheDirectory: string,
  report: (line: string) => void,
  /** Of the server that made the data; by default the one that the library brings. */
  wantedVersion?: string,
): ServerSource {
  const place = { downloadDir: join(cacheDirectory, 'mongod') };
  return {
    product: 'mongod',
    title: 'mongod by download',
    find: async () => {
      const { DryMongoBinary } = await import('mongodb-memory-server-core/lib/util/DryMongoBinary');
      const version = wantedVersion ?? (await defaultVersion());
      const executable = await DryMongoBinary.locateBinary({ ...place, version });
      return executable === undefined ? undefined : await downloadedProgram(executable);
    },
    fetch: async () => {
      await checkReachable();
      const version = wantedVersion ?? (await defaultVersion());
      report(`Fetching mongod ${version} (some 100 MB, once) from ${DOWNLOAD_HOST}`);
      const { MongoBinary } = await import('mongodb-memory-server-core/lib/util/MongoBinary');
      const executable = await MongoBinary.getPath({ ...place, version, checkMD5: true });
      return await downloadedProgram(executable);
    },
  };
}

/** It may lack a library or an instruction of this machine: only one that runs is taken, else the next source has its turn. */
async function downloadedProgram(executable: string): Promise<ServerProgram> {
  return mongodProgram('mongod-download', executable, await mongodVersion(executable));
}

async function defaultVersion(): Promise<string> {
  const { DEFAULT_VERSION } = await import('mongodb-memory-server-core/lib/util/resolveConfig');
  return DEFAULT_VERSION;
}

/** The library would try for long: whether there is anybody is asked first, and not waited for. */
async function checkReachable(): Promise<void> {
  try {
    await fetch(`https://${DOWNLOAD_HOST}/`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(REACHABLE_TIMEOUT_MS),
    });
  } catch (error) {
    throw new Error(`${DOWNLOAD_HOST} can't be reached`, { cause: error });
  }
}
