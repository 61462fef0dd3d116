import { fork } from 'node:child_process';
import { join } from 'node:path';

import { createConnection, type Connection, type Types } from 'mongoose';

import { armProgram } from '../arms/start-arm';
import { BUILT } from '../paths';
import { type RowContext } from '../rows/row';

/** How much a data set holds. */
export interface DataSize {
  chats: number;
  /** Messages of its long chat. */
  messages: number;
}

/** A database that is filled once and used by many runs. */
export interface DataSet extends DataSize {
  databaseName: string;
  longChatId: string;
}

interface FilledRecord extends DataSize {
  longChat: Types.ObjectId;
}

/** The sizes that are compared: a thousand chats and messages, and a hundred thousand and a million. */
export function dataSizes(isQuick: boolean): { small: DataSize; large: DataSize } {
  return {
    small: { chats: 1_000, messages: 1_000 },
    large: isQuick ? { chats: 4_000, messages: 20_000 } : { chats: 100_000, messages: 1_000_000 },
  };
}

/** Finds a data set in the database, or fills it: the large one takes minutes. */
export async function dataSet(context: RowContext, size: DataSize): Promise<DataSet> {
  const databaseName = `bench_data_${size.chats}_${size.messages}`;
  return withDatabase(context, databaseName, async (connection) => {
    let filled = await filledIn(connection);
    if (!filled) {
      const from = Date.now();
      context.note(`filling ${size.chats} chats, one of ${size.messages} messages …`);
      await connection.dropDatabase();
      await fill(context, databaseName, size);
      context.note(`filled in ${Math.round((Date.now() - from) / 1_000)} s; kept for the next time`);
      filled = await filledIn(connection);
    }
    if (!filled) throw new Error('The data set was filled and is not there.');
    return { ...size, databaseName, longChatId: filled.longChat.toHexString() };
  });
}

/** Some work with a database beside the product. */
export async function withDatabase<R>(
  { database }: RowContext,
  name: string,
  work: (connection: Connection) => Promise<R>,
): Promise<R> {
  const connection = await createConnection(database.uri, { dbName: name }).asPromise();
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

function filledIn(connection: Connection): Promise<FilledRecord | null> {
  return connection.collection<FilledRecord>('bench').findOne({});
}

function fill(
  { database, directory }: RowContext,
  databaseName: string,
  { chats, messages }: DataSize,
): Promise<void> {
  const { settings } = armProgram('ours', { databaseUri: database.uri, directory, databaseName });
  const child = fork(join(BUILT, 'api/bench-data.js'), [String(chats), String(messages)], {
    cwd: directory,
    env: { ...process.env, LOG_LEVEL: 'error', ...settings },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error('The database was not filled.')),
    );
  });
}
