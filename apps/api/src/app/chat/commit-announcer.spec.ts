import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { ChatViews } from './chat-views.service';
import { type ChatNode, startChatNode } from './testing/chat-node';

describe('the announcer', () => {
  let database: TestDatabase;
  let node: ChatNode;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
  });

  afterEach(() => jest.restoreAllMocks());

  afterAll(async () => {
    await node.stop();
    await database.drop();
  });

  it('tells admins of everything although chats could not be read at first, and reads each chat once', async () => {
    const customer = await node.signIn('user', 'Cora Lane');
    const { id } = await node.chatsService.ownActiveChat(customer);
    const read = jest.spyOn(ChatViews.prototype, 'documents').mockRejectedValueOnce(new Error('no line'));
    for (const message of ['one', 'two', 'three']) await node.messagesService.send(customer, id, { message });
    await node.announcer.settled();
    const told = node.broadcasts.flatMap(({ event, payload }) =>
      event === 'new_chat_message' ? [payload] : [],
    );
    expect(told).toMatchObject(['one', 'two', 'three'].map((message) => ({ message: { message } })));
    expect(read.mock.lastCall?.[0]).toHaveLength(1);
  });
});
