import { randomUUID } from 'node:crypto';

import { Types } from 'mongoose';

import { createTestDatabase, type TestDatabase } from '../../../../test/test-database';
import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { AssignChatAct } from '../acts/assign-chat.act';
import { type ChatNode, startChatNode } from '../testing/chat-node';

describe('what changes the chat itself', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let other: ChatNode;
  let customer: AuthenticatedUser;
  let ada: AuthenticatedUser;
  let ben: AuthenticatedUser;
  let chatId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    other = await startChatNode(database.uri);
    ada = await node.signIn('admin', 'Ada Moss');
    ben = await node.signIn('admin', 'Ben Hale');
  });

  beforeEach(async () => {
    customer = await node.signIn('user', 'Cora Lane');
    chatId = (await node.chatsService.ownActiveChat(customer)).id;
    await node.messagesService.send(customer, chatId, { message: 'Where are my photos?' });
  });

  afterAll(async () => {
    await Promise.all([node.stop(), other.stop()]);
    await database.drop();
  });

  const entries = async () =>
    (await node.messages.find({ chat: chatId }).sort({ seq: 1 }).lean()).map(
      ({ seq, senderName, message, system }) => [
        seq,
        system?.kind ?? senderName,
        system?.admin?.name ?? message,
      ],
    );
  const document = async () => {
    const chat = await node.chats.findById(chatId).lean();
    if (!chat) throw new Error('The chat is gone.');
    return chat;
  };
  const close = () => node.close(chatId);

  it('makes the first admin who answers the chat’s admin, in one step with the answer', async () => {
    const { message } = await node.messagesService.send(ada, chatId, { message: 'On their way.' });
    expect(message).toMatchObject({ seq: 2, senderName: 'Ada Moss' });
    expect(await entries()).toEqual([
      [1, 'Cora Lane', 'Where are my photos?'],
      [2, 'Ada Moss', 'On their way.'],
      [3, 'assigned', 'Ada Moss'],
    ]);
    expect((await document()).admin?.toHexString()).toBe(ada.id);
  });

  it('leaves the chat to its admin when another one answers', async () => {
    await node.messagesService.send(ada, chatId, { message: 'one' });
    await other.messagesService.send(ben, chatId, { message: 'two' });
    expect((await document()).admin?.toHexString()).toBe(ada.id);
    expect((await entries()).filter(([, kind]) => kind === 'assigned')).toHaveLength(1);
  });

  it('assigns once when two admins answer at once on two nodes', async () => {
    await Promise.all([
      node.messagesService.send(ada, chatId, { message: 'from Ada' }),
      other.messagesService.send(ben, chatId, { message: 'from Ben' }),
    ]);
    const all = await entries();
    expect(all.map(([seq]) => seq)).toEqual([1, 2, 3, 4]);
    const assigned = all.filter(([, kind]) => kind === 'assigned');
    expect(assigned).toHaveLength(1);
    const winner = assigned[0]?.[2] === 'Ada Moss' ? ada : ben;
    expect((await document()).admin?.toHexString()).toBe(winner.id);
  });

  it('assigns again over another, writes nothing for the same again, and survives a race', async () => {
    await node.chatsService.assign(ada, chatId, {});
    await node.chatsService.assign(ada, chatId, {});
    expect((await node.chatsService.assign(ben, chatId, { adminId: ben.id })).admin).toEqual({
      id: ben.id,
      name: 'Ben Hale',
    });
    expect((await entries()).slice(1)).toEqual([
      [2, 'assigned', 'Ada Moss'],
      [3, 'assigned', 'Ben Hale'],
    ]);
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? node : other).chatsService.assign(index % 3 ? ada : ben, chatId, {}),
      ),
    );
    const all = await entries();
    expect(all.map(([seq]) => seq)).toEqual(all.map((_, index) => index + 1));
    const last = all.at(-1)?.[2];
    expect((await document()).admin?.toHexString()).toBe(last === 'Ada Moss' ? ada.id : ben.id);
  });

  it('assigns again what another node has changed meanwhile', async () => {
    await node.chatsService.assign(ada, chatId, {});
    await other.chatsService.assign(ben, chatId, {});
    expect((await node.chatsService.assign(ada, chatId, {})).admin?.id).toBe(ada.id);
    expect((await entries()).slice(2)).toEqual([
      [3, 'assigned', 'Ben Hale'],
      [4, 'assigned', 'Ada Moss'],
    ]);
  });

  it('judges an act by what was there when it came, also in the middle of a turn', async () => {
    await node.chatsService.assign(ada, chatId, {});
    const fresh = await startChatNode(database.uri);
    const head = fresh.reader.head.bind(fresh.reader);
    const late = Promise.withResolvers<Promise<unknown>>();
    // What the first act has read is old before the second one comes, and both stand in the same turn.
    jest.spyOn(fresh.reader, 'head').mockImplementation(async (...args) => {
      const read = await head(...args);
      await other.chatsService.assign(ben, chatId, {});
      late.resolve(fresh.log.append(new AssignChatAct(new Types.ObjectId(chatId), ada)));
      jest.mocked(fresh.reader.head).mockImplementation(head);
      return read;
    });
    await fresh.log.append(new AssignChatAct(new Types.ObjectId(chatId), ada));
    expect(await late.promise).toMatchObject({ isNew: true });
    await fresh.stop();
    expect((await document()).admin?.toHexString()).toBe(ada.id);
  });

  it('refuses to assign a customer or nobody', async () => {
    for (const adminId of [customer.id, '665f1f77bcf86cd799439011']) {
      await expect(node.chatsService.assign(ada, chatId, { adminId })).rejects.toMatchObject({
        code: 'validation_failed',
        details: [{ field: 'adminId', message: 'adminId must be the id of an admin' }],
      });
    }
  });

  it('reopens a closed chat with the message that is written to it', async () => {
    await close();
    await other.messagesService.send(customer, chatId, { message: 'One more thing' });
    expect((await entries()).slice(2)).toEqual([
      [3, 'reopened', 'Cora Lane reopened this chat.'],
      [4, 'Cora Lane', 'One more thing'],
    ]);
    expect((await document()).isActive).toBe(true);
  });

  it('refuses a message to a closed chat while another is active, names that one, and still answers a retry', async () => {
    const clientMessageId = randomUUID();
    const first = await node.messagesService.send(customer, chatId, { message: 'stored', clientMessageId });
    await close();
    const active = await node.chatsService.ownActiveChat(customer);
    expect(active.id).not.toBe(chatId);
    const fresh = await startChatNode(database.uri);
    await expect(fresh.messagesService.send(customer, chatId, { message: 'new' })).rejects.toMatchObject({
      code: 'chat_closed',
      details: [{ field: 'chatId', message: active.id }],
    });
    const retry = await fresh.messagesService.send(customer, chatId, { message: 'stored', clientMessageId });
    expect(retry).toEqual({ message: first.message, isNew: false });
    await fresh.stop();
  });

  it('tells the customer and the admins of a new assignee, each their own view, and of the entry', async () => {
    await node.announcer.settled();
    node.broadcasts.length = 0;
    await node.chatsService.assign(ada, chatId, {});
    await node.announcer.settled();
    expect(node.broadcasts.map(({ rooms, event }) => [event, ...rooms])).toEqual([
      ['new_message', `chat:${chatId}`],
      ['chat_updated', `user:${customer.id}`],
      ['chat_updated', 'admin_room'],
    ]);
  });
});
