import { setTimeout as pause } from 'node:timers/promises';

import { type ChatClient } from '@elite-chat/chat-client';
import { type mongo } from 'mongoose';

import { DatabaseProxy, type Refusal } from '../network/database-proxy';
import { busyChats } from '../world/busy-chats';
import { Traffic } from '../world/traffic';
import { withWorld } from '../world/with-world';
import { type World } from '../world/world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const TARGET_MS = 5_000;

/** MongoDB's `OutOfDiskSpace`. */
const FULL = { code: 14_031, errmsg: 'No space left on device' };

const WRITES: ReadonlySet<string> = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'commitTransaction',
]);

/** Less than the log of the embedded server holds already. */
const FILE_BYTES_MAX = 10_000;

/** The two ways in which a server says it: the command failed, or its first entry did. */
const WAYS: readonly mongo.Document[] = [
  { ok: 0, codeName: 'OutOfDiskSpace', ...FULL },
  { ok: 1, n: 0, writeErrors: [{ index: 0, ...FULL }] },
];

/** F15: the database refuses every write for a while, as with a full disk. */
export const DISK_FULL: Row = {
  id: 'F15',
  title: 'write errors from the database (disk full)',
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, { random, isShort, note }: RowContext): Promise<RowResult> {
  const proxy = await DatabaseProxy.start(world.database.address);
  try {
    const node = await world.startNode({ MONGODB_URI: world.database.uriAt(proxy.port) });
    const { clients } = await busyChats(world, [node], { customers: 6, admins: 2 });
    const failures: string[] = [];
    const traffic = new Traffic(random, 150);
    traffic.begin(clients);
    for (const way of WAYS) {
      await pause(1_000);
      proxy.refusal = refusingWrites(way);
      failures.push(...(await ackedDuring(clients, isShort ? 1_500 : 12_000)));
      proxy.refusal = () => undefined;
    }
    await pause(1_000);
    failures.push(...(await withoutRoom(world, clients, isShort)));
    await traffic.end();
    note(`${proxy.refused} writes refused`);
    const evidence = { uri: world.database.uri, clients };
    const { verdict, recoveredMs } = await recovered(evidence, TARGET_MS * DEADLINE_FACTOR);
    return { ...verdict, failures: [...failures, ...verdict.failures], recoveredMs };
  } finally {
    proxy.stop();
  }
}

/**
 * Its files can grow no more. The embedded server then panics, and answers everything with errors until it
 * is started again, with room.
 */
async function withoutRoom(
  { database }: World,
  clients: readonly ChatClient[],
  isShort: boolean,
): Promise<string[]> {
  await database.limitFileSize(FILE_BYTES_MAX);
  const failures = await ackedDuring(clients, isShort ? 1_500 : 12_000);
  await database.killHard();
  await database.start();
  return failures;
}

/** Says so where something is acknowledged while nothing can be stored. */
async function ackedDuring(clients: readonly ChatClient[], milliseconds: number): Promise<string[]> {
  // What was stored before may still be on its way.
  await pause(300);
  const before = acked(clients);
  await pause(milliseconds);
  const during = acked(clients) - before;
  return during > 0 ? [`${during} messages were acknowledged while nothing could be stored`] : [];
}

function refusingWrites(answer: mongo.Document): Refusal {
  return (command) => (WRITES.has(command) ? answer : undefined);
}

function acked(clients: readonly ChatClient[]): number {
  return clients.flatMap(({ attempts }) => attempts).filter(({ acks }) => acks.length > 0).length;
}
