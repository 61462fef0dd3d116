import { setTimeout as pause } from 'node:timers/promises';

import { createTestDatabase, type TestDatabase } from '../../../../test/test-database';
import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { type ChatNode, startChatNode } from '../testing/chat-node';
import { headUpdate } from './head-update';

describe('what is derived from the log', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let customer: AuthenticatedUser;
  let admin: AuthenticatedUser;
  let chatId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    admin = await node.signIn('admin', 'Ada Moss');
  });

  beforeEach(async () => {
    customer = await node.signIn('user', 'Cora Lane');
    chatId = (await node.chatsService.ownActiveChat(customer)).id;
  });

  afterAll(async () => {
    await node.stop();
    await database.drop();
  });

  const document = async () => {
    const chat = await node.chats.findById(chatId).lean();
    if (!chat) throw new Error('The chat is gone.');
    return chat;
  };

  it('comes up to the log after the message was acknowledged', async () => {
    const { message } = await node.messagesService.send(customer, chatId, {
      message: '$literally {"$gt":""}',
    });
    await node.projection.flush();
    expect(await document()).toMatchObject({
      lastSeq: 1,
      lastMessage: '$literally {"$gt":""}',
      lastMessageTime: new Date(message.createdAt),
      lastSender: { name: customer.name, role: 'user' },
      activity: `${message.createdAt}#${chatId}`,
      isListed: true,
      unreadCount: { user: 0, admin: 1 },
    });
  });

  it('is seen to be behind also while it is written, and since before its first try', async () => {
    await node.projection.flush();
    const { collection } = node.chats;
    const write = collection.bulkWrite.bind(collection);
    const first = Promise.withResolvers<number>();
    const second = Promise.withResolvers<number>();
    const goOn = Promise.withResolvers<undefined>();
    jest
      .spyOn(collection, 'bulkWrite')
      .mockImplementationOnce(async () => {
        first.resolve(performance.now());
        throw new Error('The database is away.');
      })
      .mockImplementationOnce(async (...args) => {
        second.resolve(performance.now());
        await goOn.promise;
        return write(...args);
      });
    await node.messagesService.send(customer, chatId, { message: 'one' });
    const firstAt = await first.promise;
    expect(node.projection.countBehind()).toBe(1);
    const secondAt = await second.promise;
    expect(node.projection.countBehind()).toBe(1);
    expect(node.projection.lagMs()).toBeGreaterThanOrEqual(secondAt - firstAt);
    goOn.resolve(undefined);
    await node.projection.flush();
    expect([node.projection.countBehind(), node.projection.lagMs()]).toEqual([0, 0]);
  });

  it('keeps the beginning of a long message only', async () => {
    await node.messagesService.send(customer, chatId, { message: 'a'.repeat(5_000) });
    await node.projection.flush();
    expect((await document()).lastMessage).toBe(`${'a'.repeat(280)}…`);
  });

  it('is not moved back by a head that comes late, twice or out of order', async () => {
    await node.messagesService.send(customer, chatId, { message: 'one' });
    await node.messagesService.send(customer, chatId, { message: 'two' });
    await node.projection.flush();
    const before = await document();
    const older = {
      seq: 1,
      entryAt: new Date(0),
      written: { user: 1, admin: 0 },
      lastMessage: 'one',
      lastMessageTime: new Date(0),
      lastSender: null,
      lastReplies: [],
    };
    await node.chats.collection.updateOne({ _id: before._id }, headUpdate(older));
    await node.chats.collection.updateOne(
      { _id: before._id },
      headUpdate({ ...older, seq: 2, lastMessage: 'other' }),
    );
    expect(await document()).toEqual(before);
  });

  it('does not let a system entry change the last message or any count', async () => {
    await node.messagesService.send(customer, chatId, { message: 'one' });
    await node.projection.flush();
    const before = await document();
    await node.chatsService.assign(admin, chatId, {});
    await node.projection.flush();
    const { lastMessage, lastMessageTime, lastSender, activity, unreadCount, lastSeq } = await document();
    expect({ lastMessage, lastMessageTime, lastSender, activity, unreadCount }).toEqual({
      lastMessage: before.lastMessage,
      lastMessageTime: before.lastMessageTime,
      lastSender: before.lastSender,
      activity: before.activity,
      unreadCount: before.unreadCount,
    });
    expect(lastSeq).toBe(2);
  });

  it('is mended by any node after a crash between commit and projection', async () => {
    await node.repair.run();
    const crashing = await startChatNode(database.uri);
    jest.spyOn(crashing.projection, 'flush').mockResolvedValue();
    await crashing.messagesService.send(customer, chatId, { message: 'never projected' });
    await crashing.messagesService.send(customer, chatId, { message: 'nor this' });
    expect((await document()).lastSeq).toBe(0);
    node.broadcasts.length = 0;
    await node.repair.run();
    expect(await document()).toMatchObject({
      lastSeq: 2,
      lastMessage: 'nor this',
      unreadCount: { user: 0, admin: 2 },
    });
    await crashing.stop();
    // Admins who loaded the inbox before are told, too.
    while (!node.broadcasts.some(({ event }) => event === 'chat_updated')) await pause(10);
  });

  it('brings the stored read state of messages up to a mark that moved before a crash', async () => {
    await node.repair.run();
    const crashing = await startChatNode(database.uri);
    jest.spyOn(crashing.storedReadState, 'bringUp').mockReturnValue();
    await crashing.messagesService.send(customer, chatId, { message: 'one' });
    const { readAt } = await crashing.readMarks.markRead(admin, chatId, {});
    expect((await node.messages.findOne({ chat: chatId }).lean())?.isRead).toBe(false);
    await crashing.stop();
    await node.repair.run();
    expect(await node.messages.findOne({ chat: chatId }).lean()).toMatchObject({
      isRead: true,
      readAt: new Date(readAt ?? 0),
    });
  });

  it('shows what the log knows even while the document is behind', async () => {
    const lagging = await startChatNode(database.uri);
    jest.spyOn(lagging.projection, 'flush').mockResolvedValue();
    await lagging.messagesService.send(customer, chatId, { message: 'one' });
    const chat = await node.chatsService.chat(admin, chatId);
    expect(chat).toMatchObject({ lastSeq: 1, lastMessage: 'one', unreadCount: { user: 0, admin: 1 } });
    await lagging.stop();
  });
});
