import { setTimeout as pause } from 'node:timers/promises';

import { type Verdict } from '../checker/verdict';
import { type FailPointName } from '../fail-points/fail-point-names';
import { busyChats, type BusyChats } from '../world/busy-chats';
import { Traffic } from '../world/traffic';
import { withWorld } from '../world/with-world';
import { type World } from '../world/world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const TARGET_MS = 5_000;

/** Where it is killed, one after another; null: at a random moment. Those of transactions need an unassigned chat. */
const KILLS: readonly (FailPointName | null)[] = [
  null,
  'before-insert',
  'after-insert',
  'before-emit',
  'before-ack',
  'after-ack',
  'before-projection',
  'before-commit-of-transaction',
  'after-commit-of-transaction',
];
const KILLS_SHORT: readonly (FailPointName | null)[] = [null, 'after-insert', 'before-projection'];

/** A fail point that is not reached by then was not passed: the row says so. */
const REACHED_WITHIN_MS = 60_000;

/** F1: kill -9 of the API under load, at random and at fail points. */
export const API_KILLED: Row = {
  id: 'F1',
  title: 'kill -9 of the API under load',
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, context: RowContext): Promise<RowResult> {
  const { random, isShort, note } = context;
  const node = await world.startNode();
  const chats = await busyChats(world, [node], { customers: 10, admins: 2 });
  let slowest = 0;
  let verdict: Verdict | null = null;
  for (const failPoint of isShort ? KILLS_SHORT : KILLS) {
    await node.killHard();
    const traffic = new Traffic(random, 120);
    const count = failPoint?.includes('transaction') ? 1 : random.between(5, 40);
    await node.start(failPoint === null ? {} : { FAIL_POINT: `${failPoint}:${count}` });
    if (failPoint?.includes('transaction')) await bringNewCustomer(world, chats);
    traffic.begin(chats.clients);
    if (failPoint === null) {
      await pause(random.between(500, 2_000));
      await node.killHard();
    } else {
      const ending = await Promise.race([node.hasEnded(), pause(REACHED_WITHIN_MS, null)]);
      if (ending?.signal !== 'SIGKILL') throw new Error(`The API did not come to ${failPoint}:${count}.`);
    }
    // Also while nobody is there to be written to.
    await pause(random.between(100, 600));
    if (failPoint?.includes('transaction')) await endAbandonedTransactions(world);
    await node.start();
    await traffic.end();
    const recovery = await recovered(
      { uri: world.database.uri, clients: chats.clients },
      TARGET_MS * DEADLINE_FACTOR,
    );
    ({ verdict } = recovery);
    note(`killed ${failPoint ?? 'at random'}: equal again ${recovery.recoveredMs} ms after the restart`);
    slowest = Math.max(slowest, recovery.recoveredMs);
    if (verdict.failures.length > 0) break;
  }
  if (!verdict) throw new Error('Nothing was killed.');
  return { ...verdict, recoveredMs: slowest };
}

/**
 * A transaction whose client is gone keeps what it has written to itself until its server ends it: a mongod
 * after 60 s (`transactionLifetimeLimitSeconds`), the embedded server when it stops, as it does with the API.
 */
async function endAbandonedTransactions({ database }: World): Promise<void> {
  await database.killHard();
  await database.start();
}

/** A chat that nobody answers yet: the first answer is a transaction. */
async function bringNewCustomer(world: World, chats: BusyChats): Promise<void> {
  const [node] = world.nodes;
  if (!node) throw new Error('There is no node.');
  const { client, chatId } = await world.customer(node);
  chats.clients.push(client);
  chats.chatIds.push(chatId);
  for (const admin of chats.admins) admin.openChat(chatId);
  for (const admin of chats.admins) admin.write(chatId, 'How can I help?');
}
