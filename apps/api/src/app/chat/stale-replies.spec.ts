import { randomUUID } from 'node:crypto';

import { STALE_REPLY_MESSAGES_MAX } from '@elite-chat/contracts';
import { mongo, Types } from 'mongoose';

import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { type AuthenticatedUser } from '../auth/authenticated-user';
import { ApiError } from '../errors/api-error';
import { type ChatNode, startChatNode } from './testing/chat-node';

describe('a reply that says what it is based on', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let other: ChatNode;
  let customer: AuthenticatedUser;
  let ada: AuthenticatedUser;
  let bo: AuthenticatedUser;
  let chatId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    other = await startChatNode(database.uri);
    ada = await node.signIn('admin', 'Ada Moss');
    bo = await node.signIn('admin', 'Bo Lind');
  });

  beforeEach(async () => {
    customer = await node.signIn('user', 'Cora Lane');
    chatId = (await node.chatsService.ownActiveChat(customer)).id;
    await send(node, customer, 'Where are my photos?');
  });

  afterEach(() => jest.restoreAllMocks());

  afterAll(async () => {
    await Promise.all([node.stop(), other.stop()]);
    await database.drop();
  });

  const send = (at: ChatNode, who: AuthenticatedUser, message: string, basedOnSeq?: number, id?: string) =>
    at.messagesService.send(who, chatId, {
      message,
      clientMessageId: id ?? randomUUID(),
      ...(basedOnSeq !== undefined && { basedOnSeq }),
    });
  const texts = async () =>
    (
      await node.messages
        .find({ chat: chatId, sender: { $ne: null } })
        .sort({ seq: 1 })
        .lean()
    ).map(({ message }) => message);
  const refusal = async (sending: Promise<unknown>): Promise<ApiError> => {
    const error: unknown = await sending.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ApiError)) throw new Error(`It was not refused: ${String(error)}`);
    return error;
  };

  it('is refused with what was written meanwhile when another admin has answered, and told to nobody', async () => {
    await send(node, bo, 'On their way');
    await send(node, customer, 'Thank you');
    await node.announcer.settled();
    node.broadcasts.length = 0;
    const { code, messages } = await refusal(send(node, ada, 'I look for them', 1));
    expect(code).toBe('stale_reply');
    expect(messages?.map(({ seq, message }) => [seq, message])).toEqual([
      [2, 'On their way'],
      [3, expect.stringContaining('Bo Lind')],
      [4, 'Thank you'],
    ]);
    expect(await texts()).toEqual(['Where are my photos?', 'On their way', 'Thank you']);
    await node.announcer.settled();
    expect(node.broadcasts).toEqual([]);
  });

  it('is stored when its writer has seen the other’s answer, and when it says nothing of it', async () => {
    const { message } = await send(node, bo, 'On their way');
    expect((await send(node, ada, 'Seen', message.seq)).isNew).toBe(true);
    expect((await send(node, bo, 'Whatever')).isNew).toBe(true);
  });

  it('is not refused for what customers, the system and its own writer have said, nor for changes', async () => {
    await send(node, ada, 'One moment', 1);
    await send(node, ada, 'Still looking', 1);
    await send(node, customer, 'Thank you');
    const first = await node.messages.findOne({ chat: chatId, seq: 1 }).lean();
    if (!first) throw new Error('There is no first message.');
    await node.messages.create({
      ...first,
      _id: new Types.ObjectId(),
      sender: bo.id,
      senderRole: 'admin',
      seq: 6,
      kind: 'change',
      target: first._id,
      clientMessageId: randomUUID(),
      written: { user: 2, admin: 2 },
    });
    expect((await send(node, ada, 'Found', 1)).message.seq).toBe(7);
  });

  it('is judged again when another node was faster', async () => {
    await send(node, ada, 'One moment');
    await send(other, bo, 'On their way');
    const tries = jest.spyOn(node.messages.collection, 'insertMany');
    const { code, messages } = await refusal(send(node, ada, 'I look for them', 3));
    // It was numbered by what the node knew, and lost its number.
    expect(tries).toHaveBeenCalledTimes(1);
    expect([code, messages?.map(({ message }) => message)]).toEqual(['stale_reply', ['On their way']]);
    expect(await texts()).toEqual(['Where are my photos?', 'One moment', 'On their way']);
  });

  it.each([
    ['one node', () => node],
    ['two nodes', () => other],
  ])('is stored by one of two admins only, however close they are, at %s', async (_, second) => {
    await send(node, ada, 'One moment');
    await send(second(), bo, 'Me too');
    for (let round = 1; round <= 10; round++) {
      const { lastSeq } = await node.messagesService.page(customer, chatId, {});
      const results = await Promise.allSettled([
        send(node, ada, `Ada’s answer ${round}`, lastSeq),
        send(second(), bo, `Bo’s answer ${round}`, lastSeq),
      ]);
      const [stored] = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      const [refused] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(refused).toMatchObject({ code: 'stale_reply', messages: [{ id: stored?.message.id }] });
      expect(await texts()).toHaveLength(3 + round);
    }
  });

  it('is answered with the stored message when it is sent again, whatever was answered since', async () => {
    const id = randomUUID();
    const { message } = await send(node, ada, 'I look for them', 1, id);
    await send(other, bo, 'On their way');
    for (const at of [node, other]) {
      for (const basedOnSeq of [0, 1, undefined]) {
        const again = await send(at, ada, 'I look for them', basedOnSeq, id);
        expect(again).toEqual({ message, isNew: false });
      }
    }
    expect(await texts()).toEqual(['Where are my photos?', 'I look for them', 'On their way']);
  });

  it('is never called overtaken while nobody can know whether it is stored', async () => {
    const id = randomUUID();
    const { message } = await send(node, ada, 'I look for them', 1, id);
    await send(node, bo, 'On their way');
    jest.spyOn(node.reader, 'byIdempotencyKey').mockRejectedValueOnce(new mongo.MongoNetworkError('no line'));
    expect((await refusal(send(node, ada, 'I look for them', 1, id))).code).toBe('unavailable');
    expect(await send(node, ada, 'I look for them', 1, id)).toEqual({ message, isNew: false });
  });

  it('is stored under its own id when it is sent all the same, also while its refusal is under way', async () => {
    await send(node, bo, 'On their way');
    const id = randomUUID();
    const [refused, stored] = await Promise.allSettled([
      send(node, ada, 'I look for them', 1, id),
      send(node, ada, 'I look for them', undefined, id),
    ]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'stale_reply' } });
    expect(stored).toMatchObject({ status: 'fulfilled', value: { isNew: true } });
    expect(await texts()).toEqual(['Where are my photos?', 'On their way', 'I look for them']);
  });

  it('is judged by the log while the chat’s document is behind, and by the document after that', async () => {
    await send(node, bo, 'On their way');
    await send(node, bo, 'Tomorrow');
    const late = await startChatNode(database.uri);
    expect((await refusal(send(late, ada, 'I look for them', 3))).code).toBe('stale_reply');
    await late.stop();
    await node.projection.flush();
    const document = await node.chats.findById(chatId).lean();
    expect(document?.lastReplies).toEqual([{ admin: new Types.ObjectId(bo.id), seq: 4 }]);
    const later = await startChatNode(database.uri);
    const entries = jest.spyOn(later.reader, 'entries');
    expect((await refusal(send(later, ada, 'I look for them', 3))).code).toBe('stale_reply');
    // Nothing before the head was read to judge it.
    expect(entries.mock.calls[0]?.[2]).toBe(4);
    await later.stop();
  });

  it('is judged by what is written from now on where the document says nothing of replies', async () => {
    await send(node, bo, 'On their way');
    await node.projection.flush();
    await node.chats.collection.updateOne(
      { _id: new Types.ObjectId(chatId) },
      { $unset: { lastReplies: '' } },
    );
    const late = await startChatNode(database.uri);
    expect((await send(late, ada, 'I look for them', 1)).isNew).toBe(true);
    await late.projection.flush();
    expect((await refusal(send(late, bo, 'Found', 3))).code).toBe('stale_reply');
    await late.stop();
  });

  it(`is told of the newest ${STALE_REPLY_MESSAGES_MAX} messages only`, async () => {
    await send(node, bo, 'On their way');
    for (let index = 1; index <= STALE_REPLY_MESSAGES_MAX; index++) await send(node, customer, `${index}`);
    const { messages } = await refusal(send(node, ada, 'I look for them', 1));
    expect(messages?.map(({ message }) => message)).toEqual(
      Array.from({ length: STALE_REPLY_MESSAGES_MAX }, (_, index) => `${index + 1}`),
    );
  });

  it('is for admins: a customer who sends it hears which field is wrong, and nothing else', async () => {
    await send(node, bo, 'On their way');
    const error = await refusal(send(node, customer, 'Hello?', 1));
    expect(error.toBody()).toEqual({
      code: 'validation_failed',
      message: expect.any(String),
      details: [{ field: 'basedOnSeq', message: expect.stringContaining('admins') }],
    });
    const stranger = await node.signIn('user', 'Nosy Next');
    expect((await refusal(send(node, stranger, 'Hello?', 1))).code).toBe('not_found');
  });
});
