/** Fills an empty database for the bench: `node bench-data.js <chats> <messages>`, with MONGODB_URI and JWT_SECRET. */
import 'reflect-metadata';

import { getConnectionToken } from '@nestjs/mongoose';
import { type Connection } from 'mongoose';

import { Environment } from './app/config/environment';
import { createApp } from './app/create-app';
import { fillDatabase } from './query-bench/fill-database';

/** Where the bench finds again what was filled. */
const RECORDS = 'bench';

async function main(chats: number, messages: number): Promise<void> {
  const environment = Environment.read(process.env);
  if (environment.mongodbUri === undefined) throw new Error('MONGODB_URI must name the database to fill.');
  // Started once, so that the indexes are those of the product.
  const app = await createApp(environment, environment.mongodbUri);
  await app.init();
  const connection = app.get<Connection>(getConnectionToken(), { strict: false });
  const { longChat } = await fillDatabase(connection, { chats, messages });
  // Written last: what was filled in part is not found, and filled anew.
  await connection.collection(RECORDS).insertOne({ chats, messages, longChat: longChat._id });
  await app.close();
}

main(Number(process.argv[2]), Number(process.argv[3])).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
