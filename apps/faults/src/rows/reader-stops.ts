import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import { type ChatClient } from '@elite-chat/chat-client';

import { TcpProxy } from '../network/tcp-proxy';
import { until } from '../until';
import { withWorld } from '../world/with-world';
import { type World } from '../world/world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const TARGET_MS = 5_000;
const SLOW_READERS = 5;
const WRITERS = 4;

/** The longest text: what nobody reads fills the line's own buffers first, some megabytes. */
const TEXT = '🙂'.repeat(4_900);

/** The server may hold this much more than before, in MB: the limit of each connection, and what is not collected yet. */
const GROWTH_MAX_MB = 250;

/**
 * While readers stand still, a message may take the others this many times as long as before, and so many
 * milliseconds more: enough for a machine that is busy with other things, too little for a server that waits.
 */
const DELAY_FACTOR_MAX = 5;
const DELAY_FLOOR_MS = 1_000;

/** F9: readers stop reading in a busy room. */
export const READER_STOPS: Row = {
  id: 'F9',
  title: 'readers that stop reading for 60 s in a busy room',
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, { isShort, note }: RowContext): Promise<RowResult> {
  const node = await world.startNode();
  const proxy = await TcpProxy.start({ host: '127.0.0.1', port: node.port });
  try {
    const { client, chatId } = await world.customer(node);
    const writers = [client];
    while (writers.length < WRITERS) writers.push(await world.admin(node, [chatId]));
    const slow: ChatClient[] = [];
    while (slow.length < SLOW_READERS) slow.push(await world.admin(node, [chatId], { url: proxy.url }));
    await until('All connected', 30_000, () => world.clients.every((one) => one.isSettled));
    const delays: number[] = [];
    client.connection.socket.on('new_message', ({ createdAt }) =>
      delays.push(Date.now() - Date.parse(createdAt)),
    );

    await write(writers, chatId, 2_000);
    const before = { heard: delays.length, p99: p99(delays.splice(0)), memory: await memoryOf(node.pid) };
    const stoppedAt = Date.now();
    for (const link of proxy.alive) link.stopReading();
    await write(writers, chatId, isShort ? 14_000 : 60_000);
    const after = { heard: delays.length, p99: p99(delays), memory: await memoryOf(node.pid) };
    for (const link of proxy.alive) link.readAgain();
    note(`p99 of the others ${before.p99} ms before, ${after.p99} ms meanwhile`);
    note(`memory of the server ${before.memory} MB before, ${after.memory} MB after`);

    const failures: string[] = [];
    const growth = after.memory - before.memory;
    if (growth > GROWTH_MAX_MB) failures.push(`the server's memory has grown by ${growth} MB`);
    if (before.heard === 0 || after.heard === 0) failures.push('the others heard nothing');
    if (after.p99 > DELAY_FACTOR_MAX * before.p99 + DELAY_FLOOR_MS)
      failures.push(`a message took the others ${after.p99} ms (p99) after ${before.p99} ms before`);
    const evidence = { uri: world.database.uri, clients: world.clients };
    const { verdict, recoveredMs } = await recovered(evidence, TARGET_MS * DEADLINE_FACTOR);
    const kept = slow.filter(({ connection }) => (connection.connectedAt ?? 0) < stoppedAt).length;
    if (kept > 0) failures.push(`${kept} of ${SLOW_READERS} readers that did not read were not cut off`);
    return { ...verdict, failures: [...failures, ...verdict.failures], recoveredMs };
  } finally {
    proxy.stop();
  }
}

/** Everybody writes the next as soon as the last is answered. */
async function write(writers: readonly ChatClient[], chatId: string, milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  await Promise.all(
    writers.map(async (writer) => {
      while (Date.now() < end) {
        const attempt = writer.write(chatId, `${Date.now()} ${TEXT}`);
        await until('Answered', 60_000, () => attempt.acks.length > 0);
        await pause(10);
      }
    }),
  );
}

/** What a process holds in memory, in MB. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024);
}

function p99(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
}
