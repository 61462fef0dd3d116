import { ChatConnection } from '@elite-chat/chat-client';

import { TcpProxy } from '../network/tcp-proxy';
import { until } from '../until';
import { busyChats } from '../world/busy-chats';
import { Traffic } from '../world/traffic';
import { withWorld } from '../world/with-world';
import { type Person, type World } from '../world/world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const CLIENTS = 1_000;
const CLIENTS_SHORT = 200;
const DEVICES_EACH = 10;
const TARGET_MS = 3_000;

/** Handshakes from one address that the limited node lets in within a minute. */
const HANDSHAKES = 20;

/** F11: everybody is dropped at once. */
export const ALL_DROPPED: Row = {
  id: 'F11',
  title: '1,000 clients dropped at once (p95 of coming back)',
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, { random, isShort, note }: RowContext): Promise<RowResult> {
  const node = await world.startNode();
  const proxy = await TcpProxy.start({ host: '127.0.0.1', port: node.port });
  const connections: ChatConnection[] = [];
  try {
    const options = { url: proxy.url };
    const { clients } = await busyChats(world, [node], { customers: 4, admins: 1 }, options);
    const size = isShort ? CLIENTS_SHORT : CLIENTS;
    for (let person: Person | null = null; connections.length < size;) {
      if (!person || connections.length % DEVICES_EACH === 0) person = await world.signIn(node, 'user');
      connections.push(connectionOf(proxy.url, person));
    }
    await until('All connected', 60_000, () => connections.every(({ socket }) => socket.connected));
    const traffic = new Traffic(random, 300);
    traffic.begin(clients);
    const droppedAt = Date.now();
    proxy.resetAll();
    await until('All back', TARGET_MS * DEADLINE_FACTOR, () =>
      connections.every(({ socket, connectedAt }) => socket.connected && (connectedAt ?? 0) > droppedAt),
    );
    const times = connections.map(({ connectedAt }) => (connectedAt ?? 0) - droppedAt).sort((a, b) => a - b);
    const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? 0;
    note(
      `${size} back: half within ${times[Math.floor(size / 2)]} ms, p95 ${p95} ms, the last ${times.at(-1)} ms`,
    );
    await traffic.end();
    const { verdict } = await recovered({ uri: world.database.uri, clients }, TARGET_MS * DEADLINE_FACTOR);
    const failures = await checkLimit(world);
    return { ...verdict, failures: [...verdict.failures, ...failures], recoveredMs: p95 };
  } finally {
    for (const connection of connections) connection.close();
    proxy.stop();
  }
}

/** With a limit fewer are let in, and the others are told when to come again. */
async function checkLimit(world: World): Promise<string[]> {
  const node = await world.startNode({ LIMIT_HANDSHAKES_PER_MINUTE: String(HANDSHAKES) });
  const person = await world.signIn(node, 'user');
  const connections = Array.from({ length: 2 * HANDSHAKES }, () => connectionOf(node.url, person));
  const refusalsOf = ({ refusals }: ChatConnection) => refusals.get('rate_limited') ?? 0;
  await until('All answered', 20_000, () =>
    connections.every((one) => one.socket.connected || refusalsOf(one) > 0),
  );
  const admitted = connections.filter(({ socket }) => socket.connected).length;
  for (const connection of connections) connection.close();
  return admitted === HANDSHAKES ? [] : [`the limit of ${HANDSHAKES} handshakes let ${admitted} in`];
}

function connectionOf(url: string, { token }: Person): ChatConnection {
  const connection = new ChatConnection({ url, token, ackTimeoutMs: 10_000, longestPauseMs: 30_000 });
  connection.open();
  return connection;
}
