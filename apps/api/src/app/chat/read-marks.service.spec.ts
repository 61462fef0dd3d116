import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { type AuthenticatedUser } from '../auth/authenticated-user';
import { type ChatNode, startChatNode } from './testing/chat-node';

describe('read marks', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let customer: AuthenticatedUser;
  let ada: AuthenticatedUser;
  let ben: AuthenticatedUser;
  let chatId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    ada = await node.signIn('admin', 'Ada Moss');
    ben = await node.signIn('admin', 'Ben Hale');
  });

  beforeEach(async () => {
    customer = await node.signIn('user', 'Cora Lane');
    chatId = (await node.chatsService.ownActiveChat(customer)).id;
    for (let index = 1; index <= 5; index++)
      await node.messagesService.send(customer, chatId, { message: `${index}` });
  });

  afterAll(async () => {
    await node.stop();
    await database.drop();
  });

  const unread = async () => (await node.chatsService.chat(ada, chatId)).unreadCount;

  it('counts what is unread by subtraction, at once and at any mark', async () => {
    expect(await unread()).toEqual({ user: 0, admin: 5 });
    expect(await node.readMarks.markRead(ada, chatId, { seq: 2 })).toMatchObject({ seq: 2, unreadCount: 3 });
    await node.messagesService.send(customer, chatId, { message: '6' });
    expect(await unread()).toEqual({ user: 0, admin: 4 });
    expect(await node.readMarks.markRead(ada, chatId, {})).toMatchObject({ seq: 6, unreadCount: 0 });
    await node.messagesService.send(ada, chatId, { message: 'answer' });
    expect(await unread()).toEqual({ user: 1, admin: 0 });
  });

  it('never moves back, also when calls race, and stays where the log ends', async () => {
    await Promise.all([3, 5, 1, 4, 2].map((seq) => node.readMarks.markRead(ada, chatId, { seq })));
    expect(await node.readMarks.markRead(ada, chatId, { seq: 1 })).toMatchObject({ seq: 5, unreadCount: 0 });
    expect(await node.readMarks.markRead(ada, chatId, { seq: 1_000_000 })).toMatchObject({ seq: 5 });
  });

  it('lets any admin read while nobody is assigned, then only the assigned one', async () => {
    expect(await node.readMarks.markRead(ben, chatId, { seq: 1 })).toMatchObject({ seq: 1 });
    await node.chatsService.assign(ada, chatId, {});
    await node.announcer.settled();
    node.broadcasts.length = 0;
    expect(await node.readMarks.markRead(ben, chatId, {})).toMatchObject({ seq: 1, unreadCount: 4 });
    expect(node.broadcasts).toEqual([]);
    expect(await node.readMarks.markRead(ada, chatId, {})).toMatchObject({ seq: 6, unreadCount: 0 });
  });

  it('does not let an admin read who loses the chat to another at that moment', async () => {
    const head = node.reader.head.bind(node.reader);
    jest.spyOn(node.reader, 'head').mockImplementationOnce(async (...args) => {
      const known = await head(...args);
      await node.chatsService.assign(ada, chatId, {});
      return known;
    });
    expect(await node.readMarks.markRead(ben, chatId, {})).toMatchObject({ seq: 0, unreadCount: 5 });
  });

  it('says up to which entry it has counted, where a message comes between the head and the receipt', async () => {
    const head = node.reader.head.bind(node.reader);
    jest.spyOn(node.reader, 'head').mockImplementationOnce(async (...args) => {
      const known = await head(...args);
      await node.messagesService.send(customer, chatId, { message: 'between' });
      return known;
    });
    const receipt = await node.readMarks.markRead(ada, chatId, {});
    expect(receipt.seq).toBe(5);
    // Only what came up to that entry is in the count, and with what came after it nothing is missing.
    expect(receipt.unreadCount + (6 - receipt.lastSeq)).toBe(1);
    expect(await unread()).toEqual({ user: 0, admin: 1 });
  });

  it('tells the room and the admins once for each move, and of nothing else', async () => {
    node.broadcasts.length = 0;
    await node.readMarks.markRead(ada, chatId, { seq: 3 });
    await node.readMarks.markRead(ada, chatId, { seq: 3 });
    await node.readMarks.markRead(ada, chatId, { seq: 2 });
    const told = node.broadcasts.filter(({ event }) => event === 'messages_read');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      rooms: [`chat:${chatId}`, 'admin_room'],
      payload: { chatId, reader: 'admin', seq: 3, unreadCount: 2, lastSeq: 5 },
    });
  });

  it('says of each message whether and when the other side has read it', async () => {
    const first = await node.readMarks.markRead(ada, chatId, { seq: 2 });
    await node.readMarks.markRead(ada, chatId, { seq: 4 });
    const { messages } = await node.messagesService.page(customer, chatId, {});
    expect(messages.map(({ isRead }) => isRead)).toEqual([true, true, true, true, false]);
    expect(messages[0]?.readAt).toBe(first.readAt);
    expect(messages[4]?.readAt).toBeNull();
  });

  it('answers before the stored messages follow, and brings them all up to the mark after that', async () => {
    for (let index = 0; index < 600; index++) {
      void node.messagesService.send(customer, chatId, { message: `${index}` });
    }
    await node.messagesService.send(customer, chatId, { message: 'last' });
    await node.readMarks.markRead(ada, chatId, {});
    await node.storedReadState.settled();
    const stored = await node.messages.find({ chat: chatId }).lean();
    expect(stored).toHaveLength(606);
    expect(stored.every(({ isRead, readAt }) => isRead && readAt !== null)).toBe(true);
  });

  it('keeps the times of the last 64 moves only, and the stored times of older ones', async () => {
    for (let index = 6; index <= 80; index++) {
      await node.messagesService.send(customer, chatId, { message: `${index}` });
      await node.readMarks.markRead(ada, chatId, {});
      await node.storedReadState.settled();
    }
    const chat = await node.chats.findById(chatId).lean();
    expect(chat?.readMarks.admin.moves).toHaveLength(64);
    const { messages } = await node.messagesService.page(customer, chatId, { before: 8 });
    const [first, second] = messages.slice(-2);
    expect(Date.parse(first?.readAt ?? '')).toBeLessThan(Date.parse(second?.readAt ?? ''));
  });
});
