import { type Connection, createConnection } from 'mongoose';

import { type Environment } from '../config/environment';
import { CONNECTION_OPTIONS } from '../database/connection-options';
import { openDatabase } from '../database/open-database';
import { BackupError } from './backup-error';

/** Opens the database of the settings for a piece of work, and closes it in any case. */
export async function withDatabase<T>(
  environment: Environment,
  { beside }: { /** Whether a server may use the database meanwhile. */ beside: boolean },
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(environment);
  try {
    if (database.isServed && !beside) {
      throw new BackupError('EliteChat is running on this database. Stop it first.');
    }
    const connection = await createConnection(database.uri, CONNECTION_OPTIONS).asPromise();
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  } finally {
    await database.stop();
  }
}

/** Aborts when the process is asked to stop: what was begun is taken back, and the database closed. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort());
  }
  return stop.signal;
}
