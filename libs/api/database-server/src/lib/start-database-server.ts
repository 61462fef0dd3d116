import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheDirectory } from './cache-directory';
import { type DatabaseServer, type DatabaseServerOptions } from './database-server';
import { secantusdbSource } from './secantusdb/secantusdb-source';

/** Finds or fetches a MongoDB server, starts it on the data directory and waits until it is ready. Throws `DatabaseServerError`. */
export async function startDatabaseServer(options: DatabaseServerOptions): Promise<DatabaseServer> {
  if (options.uri !== undefined) {
    return {
      uri: options.uri,
      kind: 'external',
      description: 'the database of MONGODB_URI',
      ours: false,
      exited: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    };
  }
  const source = secantusdbSource(options.cacheDirectory ?? defaultCacheDirectory(), options.report);
  const program = (await source.find()) ?? (await source.fetch?.());
  if (program === undefined) throw new Error('none');
  const storageDirectory = join(options.dataDirectory, 'database');
  await mkdir(storageDirectory, { recursive: true });
  const place = { storageDirectory, port: 0 };
  const server = program.launch(place);
  const { uri } = await program.ready(server, place);
  const description = `${program.title} in ${storageDirectory}`;
  options.report(`Database: ${description}`);
  let stopped = false;
  return {
    uri,
    kind: program.kind,
    description,
    ours: true,
    exited: new Promise((resolve) => void server.ended.then((how) => stopped || resolve(how))),
    stop: () => {
      stopped = true;
      return server.stop();
    },
  };
}
