import { defaultCacheDirectory } from './cache-directory';
import { chooseProgram } from './choose-program';
import type { DatabaseServer, DatabaseServerOptions } from './database-server';
import { type DataOrigin, readOrigin, storageDirectoryOf, writeOrigin } from './directory/data-origin';
import { DirectoryOwnership } from './directory/directory-ownership';
import { makeDirectory } from './directory/make-directory';
import { displayPath } from './display-path';
import { externalServer } from './external-server';
import { mongodDownload } from './mongod/mongod-download';
import { mongodOnPath } from './mongod/mongod-on-path';
import { freePort } from './process/free-port';
import { stopOrphan } from './process/stop-orphan';
import { secantusdbSource } from './secantusdb/secantusdb-source';
import type { ServerProgram } from './server-program';
import type { ServerSource } from './server-source';
import { directoryFailure, endReason, startFailure } from './start-failure';

/** The ways to get a server for data of `origin`, the best first. */
export type SourcesFor = (origin: DataOrigin | undefined) => readonly ServerSource[];

/**
 * Finds or fetches a MongoDB server, starts it on the data directory and waits until it is ready. Throws
 * `DatabaseServerError` when none can be had, or the directory is in use, not writable, full, or of another server.
 */
export async function startDatabaseServer(options: DatabaseServerOptions): Promise<DatabaseServer> {
  if (options.uri !== undefined && options.uri !== '') {
    const server = externalServer(options.uri);
    options.report(`Database: ${server.description}`);
    return server;
  }
  const cacheDirectory = options.cacheDirectory ?? defaultCacheDirectory();
  return startOwnServer(options.dataDirectory, options.report, (origin) => [
    mongodOnPath(),
    mongodDownload(cacheDirectory, options.report, origin?.product === 'mongod' ? origin.version : undefined),
    secantusdbSource(cacheDirectory, options.report),
  ]);
}

/** As {@link startDatabaseServer}, for a server of ours from one of these sources. */
export async function startOwnServer(
  dataDirectory: string,
  report: (line: string) => void,
  sourcesFor: SourcesFor,
): Promise<DatabaseServer> {
  const ownership = await claim(dataDirectory);
  try {
    await stopFormer(ownership, report);
    return await startOwned(dataDirectory, report, sourcesFor, ownership);
  } catch (error) {
    await ownership.release();
    throw directoryFailure(error, dataDirectory);
  }
}

async function claim(dataDirectory: string): Promise<DirectoryOwnership> {
  try {
    makeDirectory(storageDirectoryOf(dataDirectory));
    return await DirectoryOwnership.claim(dataDirectory);
  } catch (error) {
    throw directoryFailure(error, dataDirectory);
  }
}

async function stopFormer(ownership: DirectoryOwnership, report: (line: string) => void): Promise<void> {
  const orphan = await ownership.orphan();
  if (orphan === undefined) return;
  report(`Stopping the database that a killed start left running (process ${orphan.pid})`);
  await stopOrphan(orphan);
}

async function startOwned(
  dataDirectory: string,
  report: (line: string) => void,
  sourcesFor: SourcesFor,
  ownership: DirectoryOwnership,
): Promise<DatabaseServer> {
  const storageDirectory = storageDirectoryOf(dataDirectory);
  const origin = await readOrigin(dataDirectory);
  const program = await chooseProgram(sourcesFor(origin), origin, storageDirectory);
  const place = { storageDirectory, port: origin?.port ?? (await firstPort(program)) };
  await writeOrigin(dataDirectory, {
    product: program.product,
    version: program.version,
    port: place.port,
  });

  const server = program.launch(place);
  let isStopping = false;
  const stop = async (): Promise<void> => {
    isStopping = true;
    await server.stop();
    await ownership.release();
  };
  try {
    if (server.pid !== undefined) await ownership.noteDatabase(server.pid);
    const uri = await program.ready(server, place);
    server.forgetOutput();
    await ownership.noteReady(uri);
    const description = `${program.title} in ${displayPath(storageDirectory)}`;
    report(`Database: ${description}`);
    return {
      uri,
      kind: program.kind,
      description,
      ours: true,
      exited: new Promise((resolve) => {
        void server.ended.then((how) => {
          if (!isStopping) resolve(endReason(how, server.output, storageDirectory));
        });
      }),
      stop,
    };
  } catch (error) {
    await server.stop();
    throw startFailure(error, program, place);
  }
}

/** A mongod keeps the port of its first start; SecantusDB takes any. */
function firstPort(program: ServerProgram): Promise<number> {
  return program.product === 'mongod' ? freePort() : Promise.resolve(0);
}
