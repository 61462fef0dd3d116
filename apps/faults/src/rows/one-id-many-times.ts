import { randomUUID } from 'node:crypto';

import { type Attempt, ChatConnection } from '@elite-chat/chat-client';

import { until } from '../until';
import { type World } from '../world/world';
import { withWorld } from '../world/with-world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const CONNECTIONS = 50;
const TARGET_MS = 5_000;

/** F7: the same `clientMessageId` fifty times at once over two nodes. */
export const ONE_ID_MANY_TIMES: Row = {
  id: 'F7',
  title: 'one id fifty times at once, two nodes',
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, { isShort }: RowContext): Promise<RowResult> {
  const nodes = [await world.startNode(), await world.startNode()] as const;
  const { client, chatId } = await world.customer(nodes[0]);
  const person = await world.signIn(nodes[1], 'admin');
  const other = world.client(nodes[1], person);
  other.openChat(chatId);
  other.connection.open();
  const author = await world.signIn(nodes[0], 'admin', { name: 'Ben Holt' });
  const connections = Array.from({ length: CONNECTIONS }, (_, index) => {
    const { url } = nodes[index % 2] ?? nodes[0];
    return new ChatConnection({ url, token: author.token, ackTimeoutMs: 15_000, longestPauseMs: 1_000 });
  });
  for (const connection of connections) connection.open();
  await until('All connected', 30_000, () => connections.every(({ socket }) => socket.connected));

  const attempts: Attempt[] = [];
  const failures: string[] = [];
  const device = randomUUID();
  for (let round = 0; round < (isShort ? 5 : 40); round++) {
    const clientMessageId = randomUUID();
    const message = `The same ${round}`;
    const attempt = { chatId, sender: author.user.id, device, order: round, clientMessageId, message };
    const acks = await Promise.all(
      connections.map((connection) => connection.ask('send_message', { chatId, message, clientMessageId })),
    );
    if (new Set(acks.map((ack) => JSON.stringify(ack))).size !== 1)
      failures.push(`round ${round}: the answers differ`);
    attempts.push({ ...attempt, tries: CONNECTIONS, acks, refusal: null });
  }
  for (const connection of connections) connection.close();
  await Promise.all([client.refresh(), other.refresh()]);
  const evidence = { uri: world.database.uri, clients: [client, other], attempts };
  const { verdict, recoveredMs } = await recovered(evidence, TARGET_MS * DEADLINE_FACTOR);
  return { ...verdict, failures: [...failures, ...verdict.failures], recoveredMs };
}
