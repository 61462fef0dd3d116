import { randomUUID } from 'node:crypto';

import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { type AuthenticatedUser } from '../auth/authenticated-user';
import { ChangeMessageAct } from './testing/change-message.act';
import { type ChatNode, startChatNode } from './testing/chat-node';
import { freezeClock } from './testing/frozen-clock';

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
    const change = async (targetSeq: number, message: string) => {
      const target = await node.messages.findOne({ chat: chatId, seq: targetSeq }).lean();
      if (!target) throw new Error('There is no such message.');
      return node.log.append(new ChangeMessageAct(chatId, customer, target._id.toHexString(), message));
    };

    it('gives a changed message after its change, once and as it is now', async () => {
      await write(3);
      await change(1, 'first version');
      await change(1, 'second version');
      await change(3, 'changed too');
      const { messages, seq } = await page({ after: 2 });
      expect(messages.map(({ seq: number, message }) => [number, message])).toEqual([
        [1, 'second version'],
        [3, 'changed too'],
      ]);
      expect(seq).toBe(6);
    });

    it('fills a page of messages past the changes', async () => {
      await write(4);
      for (let seq = 5; seq <= 24; seq++) await change(1, `version ${seq}`);
      const newest = await page({ limit: 3 });
      expect(seqs(newest.messages)).toEqual([2, 3, 4]);
      expect(newest).toMatchObject({ seq: 24, lastSeq: 24, hasMore: true });
    });

    it('tells the room of the message as it is now, under the number of the change', async () => {
      await write(2);
      await node.announcer.settled();
      node.broadcasts.length = 0;
      await change(1, '$message');
      await node.announcer.settled();
      const told = node.broadcasts.filter(({ rooms }) => rooms.includes(`chat:${chatId}`));
      expect(told).toMatchObject([
        { event: 'message_changed', payload: { seq: 3, message: { seq: 1, message: '$message' } } },
      ]);
      expect(node.broadcasts).toHaveLength(1);
    });

    it('counts no change as a message, and leaves the chat as it was', async () => {
      await write(2);
      const before = await node.chatsService.chat(customer, chatId);
      await change(1, 'changed');
      await node.projection.flush();
      const after = await node.chatsService.chat(customer, chatId);
      expect(after).toEqual({ ...before, lastSeq: 3, updatedAt: after.updatedAt });
    });

    it('answers a late retry of a message that was changed meanwhile with that message', async () => {
      const input = { message: 'as sent', clientMessageId: randomUUID() };
      const { message } = await node.messagesService.send(customer, chatId, input);
      await change(1, 'as changed');
      const retried = await node.messagesService.send(customer, chatId, input);
      expect(retried).toMatchObject({ isNew: false, message: { id: message.id, message: 'as changed' } });
    });

    it('dates each change of a message after the one before, also by a clock that stands still', async () => {
      await write(1);
      freezeClock(Date.now());
      const dates = [];
      for (const text of ['one', 'two', 'three']) {
        await change(1, text);
        dates.push((await page({})).messages[0]?.updatedAt);
      }
      jest.useRealTimers();
      expect(new Set(dates).size).toBe(3);
      expect(dates).toEqual(dates.toSorted());
    });

    it('lets two nodes change and write at once, in one order that both tell', async () => {
      const other = await startChatNode(database.uri);
      await write(3);
      const acts = Array.from({ length: 20 }, (_, n) => {
        const at = n % 2 === 0 ? node : other;
        const text = `version ${n}`;
        return n % 3 === 0
          ? at.messagesService.send(customer, chatId, { message: text })
          : page({ limit: 1, before: (n % 3) + 2 }).then(({ messages: [target] }) =>
              at.log.append(new ChangeMessageAct(chatId, customer, target?.id ?? '', text)),
            );
      });
      await Promise.all(acts);
      const entries = await node.messages.find({ chat: chatId }).sort({ seq: 1 }).lean();
      expect(seqs(entries)).toEqual(Array.from({ length: 23 }, (_, n) => n + 1));
      await Promise.all([node.announcer.settled(), other.announcer.settled()]);
      const told = [...node.broadcasts, ...other.broadcasts].flatMap(({ event, payload }) =>
        event === 'message_changed' || event === 'new_message' ? [(payload as { seq: number }).seq] : [],
      );
      expect(new Set(told)).toEqual(new Set([...seqs(entries)]));
      await other.stop();
    });
  });
});
