import { randomUUID } from 'node:crypto';

import { firstValueFrom } from 'rxjs';

import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { Environment } from '../config/environment';
import { Metrics } from '../metrics/metrics';
import { ChatMetrics } from './chat-metrics';
import { SlowReaders } from './realtime/slow-readers';
import { type ChatNode, startChatNode } from './testing/chat-node';

describe('the metrics of the chat', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let other: ChatNode;
  let metrics: Metrics;
  let chatMetrics: ChatMetrics;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    other = await startChatNode(database.uri);
  });

  beforeEach(() => {
    const environment = Environment.read({ JWT_SECRET: 'a-secret-for-specs-of-32-bytes-or-more' });
    const { log, queues, projection, people } = node;
    metrics = new Metrics();
    chatMetrics = new ChatMetrics(metrics, log, queues, projection, people, new SlowReaders(environment));
    chatMetrics.onModuleInit();
  });

  afterEach(() => chatMetrics.onModuleDestroy());

  afterAll(async () => {
    await Promise.all([node.stop(), other.stop()]);
    await database.drop();
  });

  it('count an entry where it was written, and not again where it is told once more', async () => {
    const customer = await node.signIn('user', 'Cora Lane');
    const { id: chatId } = await node.chatsService.ownActiveChat(customer);
    const again = { message: 'Once', clientMessageId: randomUUID() };
    await other.messagesService.send(customer, chatId, again);
    const told = firstValueFrom(node.log.commits);
    await node.messagesService.send(customer, chatId, again);
    expect((await told).entries.map(({ message }) => message)).toEqual(['Once']);
    await node.messagesService.send(customer, chatId, { message: 'New here' });

    const { values } = await metrics.entries.get();
    expect(values.map(({ labels, value }) => [labels.role, value])).toEqual([['user', 1]]);
  });
});
