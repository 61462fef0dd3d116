import { setTimeout as pause } from 'node:timers/promises';

import { type ChatClient } from '@elite-chat/chat-client';

import { busyChats } from '../world/busy-chats';
import { Traffic } from '../world/traffic';
import { withWorld } from '../world/with-world';
import { type World } from '../world/world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const TARGET_MS = 5_000;
const PAUSE_MS = 10_000;

/** So few that clients come to the bound of the queue. */
const QUEUED_PER_CHAT = 5;

/** What a write that is answered during the pause may say. */
const CLEAR: ReadonlySet<string> = new Set(['busy', 'unavailable']);

/** F3: the database stands still. */
export const DATABASE_PAUSED: Row = {
  id: 'F3',
  title: 'the database paused for 10 s',
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, { random, isShort, note }: RowContext): Promise<RowResult> {
  const node = await world.startNode({ LIMIT_QUEUED_ENTRIES_PER_CHAT: String(QUEUED_PER_CHAT) });
  // One chat with more writers than its queue has places.
  const { clients } = await busyChats(world, [node], { customers: 1, admins: 2 * QUEUED_PER_CHAT });
  const failures: string[] = [];
  const traffic = new Traffic(random, 100);
  traffic.begin(clients);
  await pause(1_500);

  world.database.pause();
  // What was on its way from the database may still arrive.
  await pause(200);
  const before = acked(clients);
  await pause(isShort ? PAUSE_MS / 2 : PAUSE_MS);
  const during = acked(clients);
  if (during > before)
    failures.push(`${during - before} messages were acknowledged while nothing was stored`);
  const cut = clients.filter((client) => !client.connection.socket.connected).length;
  if (cut > 0) failures.push(`${cut} connections broke during the pause`);
  world.database.resume();
  await traffic.end();
  const evidence = { uri: world.database.uri, clients };
  const { verdict, recoveredMs } = await recovered(evidence, TARGET_MS * DEADLINE_FACTOR);
  const answers = answersOf(clients);
  note(`told meanwhile: ${[...answers].map(([code, count]) => `${code} ${count}`).join(', ')}`);
  if (!answers.has('busy')) failures.push('nobody was told busy: the queue had no bound');
  for (const code of answers.keys()) if (!CLEAR.has(code)) failures.push(`an unclear answer: ${code}`);
  return { ...verdict, failures: [...failures, ...verdict.failures], recoveredMs };
}

function acked(clients: readonly ChatClient[]): number {
  return clients.flatMap(({ attempts }) => attempts).filter(({ acks }) => acks.length > 0).length;
}

function answersOf(clients: readonly ChatClient[]): Map<string, number> {
  const answers = new Map<string, number>();
  for (const { setbacks } of clients)
    for (const [code, count] of setbacks) answers.set(code, (answers.get(code) ?? 0) + count);
  return answers;
}
