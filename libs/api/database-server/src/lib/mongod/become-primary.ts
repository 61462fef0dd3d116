import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { DATABASE_NAME } from '../database-server';

export const REPLICA_SET = 'elitechat';
const NOT_YET_INITIALIZED = 94;
const LOOK_EVERY_MS = 50;

/** Waits for the mongod at `port`, makes it a replica set of one at its first start, and answers its URI when it takes writes. Gives up when it has `ended`. */
export async function becomePrimary(
  port: number,
  timeoutMs: number,
  ended: Promise<unknown>,
): Promise<string> {
  const host = `127.0.0.1:${port}`;
  const client = new mongo.MongoClient(`mongodb://${host}/?directConnection=true`, {
    serverSelectionTimeoutMS: timeoutMs,
  });
  void ended.then(() => client.close());
  try {
    const admin = client.db('admin');
    await initiateOnce(admin, host);
    const giveUpAt = Date.now() + timeoutMs;
    while (!(await admin.command({ hello: 1 }))['isWritablePrimary']) {
      if (Date.now() > giveUpAt) throw new Error('did not become the primary of its replica set');
      await delay(LOOK_EVERY_MS);
    }
  } finally {
    await client.close();
  }
  return `mongodb://${host}/${DATABASE_NAME}?replicaSet=${REPLICA_SET}&directConnection=true`;
}

async function initiateOnce(admin: mongo.Db, host: string): Promise<void> {
  try {
    await admin.command({ replSetGetStatus: 1 });
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError) || error.code !== NOT_YET_INITIALIZED) throw error;
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
  }
}
