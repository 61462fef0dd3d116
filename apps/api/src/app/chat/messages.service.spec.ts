import { Types } from 'mongoose';

import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { type AuthenticatedUser } from '../auth/authenticated-user';
import { type ChatNode, startChatNode } from './testing/chat-node';

describe('pages of a thread', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let customer: AuthenticatedUser;
  let chatId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
  });

  beforeEach(async () => {
    customer = await node.signIn('user', 'Cora Lane');
    chatId = (await node.chatsService.ownActiveChat(customer)).id;
  });

  afterAll(async () => {
    await node.stop();
    await database.drop();
  });

  const write = async (count: number) => {
    await Promise.all(
      Array.from({ length: count }, (_, index) =>
        node.messagesService.send(customer, chatId, { message: `message ${index + 1}` }),
      ),
    );
  };
  const page = (query: { before?: number; after?: number; limit?: number }) =>
    node.messagesService.page(customer, chatId, query);
  const seqs = (messages: { seq: number }[]) => messages.map(({ seq }) => seq);

  it('is empty before the first message', async () => {
    expect(await page({})).toMatchObject({
      messages: [],
      hasMore: false,
      lastSeq: 0,
      seq: 0,
      epoch: node.epoch,
    });
  });

  it('gives the newest, then what is before, down to the first', async () => {
    await write(7);
    const newest = await page({ limit: 3 });
    expect(newest).toMatchObject({ hasMore: true, lastSeq: 7, seq: 7 });
    expect(seqs(newest.messages)).toEqual([5, 6, 7]);
    const older = await page({ before: 5, limit: 3 });
    expect(older).toMatchObject({ hasMore: true, lastSeq: 7, seq: 2 });
    expect(seqs(older.messages)).toEqual([2, 3, 4]);
    const oldest = await page({ before: 2, limit: 3 });
    expect(oldest).toMatchObject({ hasMore: false, seq: 1 });
    expect(seqs(oldest.messages)).toEqual([1]);
  });

  it('gives the entries after a number until nothing is missing', async () => {
    await write(5);
    const first = await page({ after: 0, limit: 3 });
    expect(seqs(first.messages)).toEqual([1, 2, 3]);
    expect(first).toMatchObject({ seq: 3, hasMore: true });
    const second = await page({ after: first.seq, limit: 3 });
    expect(seqs(second.messages)).toEqual([4, 5]);
    expect(second).toMatchObject({ seq: 5, hasMore: false });
    expect(await page({ after: 5 })).toMatchObject({ messages: [], seq: 5, hasMore: false });
  });

  it('tells a client that is ahead of the log where the log ends', async () => {
    await write(1);
    expect(await page({ after: 99 })).toMatchObject({ messages: [], seq: 1, lastSeq: 1, hasMore: false });
  });

  describe('with changes of messages among the entries', () => {
    /** A change as it stands in the log: its entry, and the target that holds the current state. */
    const change = async (seq: number, targetSeq: number, message: string) => {
      const target = await node.messages.findOne({ chat: chatId, seq: targetSeq }).lean();
      if (!target) throw new Error('There is no such message.');
      await node.messages.create({
        ...target,
        _id: new Types.ObjectId(),
        seq,
        kind: 'change',
        target: target._id,
        message: '-',
        clientMessageId: `change-${seq}`,
      });
      await node.messages.updateOne({ _id: target._id }, { message });
    };

    it('gives a changed message after its change, once and as it is now', async () => {
      await write(3);
      await change(4, 1, 'first version');
      await change(5, 1, 'second version');
      await change(6, 3, 'changed too');
      const { messages, seq } = await page({ after: 2 });
      expect(messages.map(({ seq: number, message }) => [number, message])).toEqual([
        [1, 'second version'],
        [3, 'changed too'],
      ]);
      expect(seq).toBe(6);
    });

    it('fills a page of messages past the changes', async () => {
      await write(4);
      for (let seq = 5; seq <= 24; seq++) await change(seq, 1, `version ${seq}`);
      const newest = await page({ limit: 3 });
      expect(seqs(newest.messages)).toEqual([2, 3, 4]);
      expect(newest).toMatchObject({ seq: 24, lastSeq: 24, hasMore: true });
    });
  });
});
