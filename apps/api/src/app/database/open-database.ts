import {
  type DatabaseServer,
  findRunningDatabaseServer,
  startDatabaseServer,
} from '@elite-chat/database-server';

import { type Environment } from '../config/environment';

/** A database that may be used until it is stopped; stopping ends only what was started for it. */
export type OpenDatabase = Pick<DatabaseServer, 'uri' | 'stop'> & {
  /** Whether it is the embedded one of a server that runs now. */
  isServed: boolean;
};

/** For commands: the database of the settings, the running embedded one, or that one started for the moment. */
export async function openDatabase({ mongodbUri, dataDirectory }: Environment): Promise<OpenDatabase> {
  const running = mongodbUri === undefined ? await findRunningDatabaseServer(dataDirectory) : null;
  if (running !== null) return { uri: running, isServed: true, stop: () => Promise.resolve() };
  const { uri, stop } = await startDatabaseServer({
    ...(mongodbUri !== undefined && { uri: mongodbUri }),
    dataDirectory,
    report: (line) => process.stderr.write(`${line}\n`),
  });
  return { uri, stop, isServed: false };
}
