import { setTimeout as pause } from 'node:timers/promises';

import { type ChatClient } from '@elite-chat/chat-client';
import { type RedisServer, startRedisServer } from '@elite-chat/redis-server';

import { until } from '../until';
import { busyChats } from '../world/busy-chats';
import { Traffic } from '../world/traffic';
import { withWorld } from '../world/with-world';
import { type World } from '../world/world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const TARGET_MS = 5_000;

/** A client that hears of everything by broadcasts alone. */
const NEVER_MS = 2_000_000_000;

/** While broadcasts don't cross: by comparing heads. */
const HEAD_CHECK_MS = 3_000;

/** F4: Redis is killed, and away for a while, with two nodes. */
export const REDIS_AWAY: Row = {
  id: 'F4',
  title: 'Redis killed, and away for 30 s, two nodes',
  targetMs: TARGET_MS,
  run: async (context) => {
    const redis = await startRedisServer();
    try {
      return await withWorld({}, (world) => run(world, redis, context));
    } finally {
      await redis.stop();
    }
  },
};

async function run(
  world: World,
  redis: RedisServer,
  { random, isShort, note }: RowContext,
): Promise<RowResult> {
  const settings = { REDIS_URL: redis.url };
  const nodes = [await world.startNode(settings), await world.startNode(settings)] as const;
  const { clients, customers, chatIds } = await busyChats(
    world,
    nodes,
    { customers: 6, admins: 2 },
    { headCheckMs: HEAD_CHECK_MS },
  );
  // By broadcasts alone: one beside the first chat's customer, one on the other node.
  const near = await world.admin(nodes[0], chatIds.slice(0, 1), { headCheckMs: NEVER_MS });
  const far = await world.admin(nodes[1], chatIds.slice(0, 1), { headCheckMs: NEVER_MS });
  const [author] = customers;
  if (!author) throw new Error('There is no customer.');
  await until('All connected', 30_000, () => [near, far].every((client) => client.isSettled));
  await hears(far, author, 'across the nodes, before');

  const traffic = new Traffic(random, 250);
  traffic.begin(clients);
  await pause(1_000);
  await redis.kill();
  await pause(500);
  for (let number = 0; number < 3; number++) {
    await hears(near, author, 'on the same node, without Redis');
    await pause(isShort ? 700 : 9_000);
  }
  await redis.restart();
  const from = Date.now();
  await hears(far, author, 'across the nodes, after');
  note(`broadcasts crossed the nodes again ${Date.now() - from} ms after Redis was back`);
  await traffic.end();
  // What these two have missed meanwhile.
  await Promise.all([near.refresh(), far.refresh()]);
  const evidence = { uri: world.database.uri, clients: world.clients };
  const { verdict, recoveredMs } = await recovered(evidence, TARGET_MS * DEADLINE_FACTOR);
  return { ...verdict, recoveredMs };
}

/** Writes until one is heard by broadcast: nothing tells the author when broadcasts go through. */
async function hears(listener: ChatClient, author: ChatClient, where: string): Promise<void> {
  const [chatId] = listener.chatIds;
  if (chatId === undefined) throw new Error('The listener has no chat open.');
  const heard = new Set<string>();
  const listen = ({ clientMessageId }: { clientMessageId: string }) => void heard.add(clientMessageId);
  listener.connection.socket.on('new_message', listen);
  const written = new Set<string>();
  let nextAt = 0;
  await until(`A message heard ${where}`, TARGET_MS * DEADLINE_FACTOR, () => {
    if (Date.now() >= nextAt) {
      written.add(author.write(chatId, `Heard ${where}?`).clientMessageId);
      nextAt = Date.now() + 500;
    }
    return [...written].some((id) => heard.has(id));
  });
  listener.connection.socket.off('new_message', listen);
}
