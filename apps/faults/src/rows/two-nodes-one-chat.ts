import { until } from '../until';
import { type World } from '../world/world';
import { withWorld } from '../world/with-world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const MESSAGES = 10_000;
const MESSAGES_SHORT = 600;
const WRITERS_PER_NODE = 6;
const TARGET_MS = 5_000;

/** Nodes without Redis hear of each other's messages by the heads: asked for often, to keep the row short. */
const HEAD_CHECK_MS = 2_000;

/** F8: two nodes write one chat. */
export const TWO_NODES_ONE_CHAT: Row = {
  id: 'F8',
  title: 'two nodes write one chat',
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, { isShort, note }: RowContext): Promise<RowResult> {
  const nodes = [await world.startNode(), await world.startNode()] as const;
  const { client, chatId } = await world.customer(nodes[0], { headCheckMs: HEAD_CHECK_MS });
  const clients = [client];
  for (const node of nodes) {
    while (clients.length < (node === nodes[0] ? WRITERS_PER_NODE : 2 * WRITERS_PER_NODE))
      clients.push(await world.admin(node, [chatId], { headCheckMs: HEAD_CHECK_MS }));
  }
  await until('All connected', 30_000, () => clients.every((one) => one.isSettled));
  const each = Math.ceil((isShort ? MESSAGES_SHORT : MESSAGES) / clients.length);
  const from = Date.now();
  clients.forEach((one, index) => {
    for (let number = 1; number <= each; number++) one.write(chatId, `Writer ${index} says ${number}`);
  });
  await until('All written', 240_000, () => clients.every((one) => one.attempts.every(isAnswered)));
  note(`${each * clients.length} messages in ${Date.now() - from} ms`);
  await Promise.all(clients.map((one) => one.refresh()));
  const evidence = { uri: world.database.uri, clients };
  const { verdict, recoveredMs } = await recovered(evidence, TARGET_MS * DEADLINE_FACTOR);
  return { ...verdict, recoveredMs };
}

function isAnswered({ acks, refusal }: { acks: readonly unknown[]; refusal: unknown }): boolean {
  return acks.length > 0 || refusal !== null;
}
