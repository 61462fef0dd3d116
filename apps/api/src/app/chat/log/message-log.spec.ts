import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { ACK_TIMEOUT_MS } from '@elite-chat/contracts';
import { mongo, Types } from 'mongoose';
import { firstValueFrom, take, toArray } from 'rxjs';

import { createTestDatabase, type TestDatabase } from '../../../../test/test-database';
import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { SendMessageAct } from '../acts/send-message.act';
import { type ChatNode, startChatNode } from '../testing/chat-node';

/** What a server says of a write that was cut short by a failover. */
const INTERRUPTED_CODE = 11_602;

/** What a server says while its disk is full. */
const OUT_OF_DISK_SPACE_CODE = 14_031;

describe('the log', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let other: ChatNode;
  let customer: AuthenticatedUser;
  let chatId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    other = await startChatNode(database.uri);
  });

  beforeEach(async () => {
    customer = await node.signIn('user', 'Cora Lane');
    chatId = (await node.chatsService.ownActiveChat(customer)).id;
  });

  afterAll(async () => {
    await Promise.all([node.stop(), other.stop()]);
    await database.drop();
  });

  const stored = () => node.messages.find({ chat: chatId }).sort({ seq: 1 }).lean();
  const send = (at: ChatNode, message: string, clientMessageId?: string) =>
    at.messagesService.send(customer, chatId, { message, clientMessageId });

  it('stores a message once, however often it is sent at once on two nodes', async () => {
    const clientMessageId = randomUUID();
    const sent = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        send(index % 2 ? node : other, 'Once, please.', clientMessageId),
      ),
    );
    expect(new Set(sent.map(({ message }) => message.id)).size).toBe(1);
    expect(sent.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await stored()).toHaveLength(1);
  });

  it('answers a retry with the stored message, whichever case its id is written in', async () => {
    const clientMessageId = randomUUID();
    const first = await send(node, 'Hello', clientMessageId);
    const tries = jest.spyOn(other.messages.collection, 'insertMany');
    const again = await send(other, 'Hello', clientMessageId.toUpperCase());
    expect(again).toEqual({ message: first.message, isNew: false });
    expect(tries).toHaveBeenCalledTimes(1);
  });

  it('refuses an id that was used for another text, and stores what stands before and behind it', async () => {
    const reused = randomUUID();
    await send(node, 'The first text', reused);
    const accepted = [];
    for (const [message, id] of [['before'], ['Another text', reused], ['behind']] as const) {
      const input = { message, clientMessageId: id };
      accepted.push((await node.messagesService.accept(customer, chatId, input)).stored);
    }
    const results = await Promise.allSettled(accepted);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { code: 'id_reused' } });
    expect((await stored()).map(({ seq, message }) => [seq, message])).toEqual([
      [1, 'The first text'],
      [2, 'before'],
      [3, 'behind'],
    ]);
  });

  it('numbers from 1 without a gap when two nodes write one chat at once', async () => {
    const sent = await Promise.all(
      Array.from({ length: 100 }, (_, index) => send(index % 2 ? node : other, `message ${index}`)),
    );
    const seqs = sent.map(({ message }) => message.seq).sort((one, next) => one - next);
    expect(seqs).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect((await stored()).map(({ seq }) => seq)).toEqual(seqs);
  });

  it('keeps the order in which one sender was accepted', async () => {
    const waiting = [];
    for (let index = 0; index < 50; index++) {
      const { stored } = await node.messagesService.accept(customer, chatId, { message: `${index}` });
      waiting.push(stored);
    }
    await Promise.all(waiting);
    expect((await stored()).map(({ message }) => message)).toEqual(
      Array.from({ length: 50 }, (_, index) => `${index}`),
    );
  });

  it('reads what it missed when another node was faster', async () => {
    await send(node, 'one');
    await send(other, 'two');
    await send(other, 'three');
    const { message } = await send(node, 'four');
    expect(message.seq).toBe(4);
  });

  it('carries in each entry how many messages each side has written', async () => {
    const admin = await node.signIn('admin', 'Ada Moss');
    await send(node, 'one');
    await node.messagesService.send(admin, chatId, { message: 'two' });
    await send(other, 'three');
    expect((await stored()).map(({ senderRole, written }) => [senderRole, written])).toEqual([
      ['user', { user: 1, admin: 0 }],
      ['admin', { user: 1, admin: 1 }],
      ['system', { user: 1, admin: 1 }],
      ['user', { user: 2, admin: 1 }],
    ]);
  });

  it('never lets createdAt run back, also when the clock does', async () => {
    const ahead = new Date(Date.now() + 60_000);
    await send(node, 'one');
    await node.projection.flush();
    await node.messages.updateOne({ chat: chatId }, { createdAt: ahead });
    await node.chats.updateOne({ _id: chatId }, { lastEntryAt: ahead });
    const { message } = await send(other, 'two');
    expect(message.createdAt).toBe(ahead.toISOString());
  });

  describe('when the database does not answer as it should', () => {
    afterEach(() => jest.restoreAllMocks());

    const failOnce = (failure: (insert: () => Promise<unknown>) => Promise<never>) => {
      const { collection } = node.messages;
      const insert = collection.insertMany.bind(collection);
      jest
        .spyOn(collection, 'insertMany')
        .mockImplementationOnce((...args) => failure(() => insert(...args)));
    };

    const refusePoison = () =>
      node.connection.db?.command({
        collMod: 'messages',
        validator: { $jsonSchema: { properties: { message: { not: { enum: ['poison'] } } } } },
      });

    it('stores a message once although the answer to its insert was lost', async () => {
      await send(node, 'warm');
      failOnce(async (insert) => {
        await insert();
        throw new mongo.MongoNetworkError('the line was cut after the insert');
      });
      node.broadcasts.length = 0;
      const sent = await Promise.all([send(node, 'one'), send(node, 'two'), send(node, 'three')]);
      expect(sent.map(({ isNew }) => isNew)).toEqual([true, true, true]);
      expect(node.broadcasts.filter(({ event }) => event === 'new_message')).toHaveLength(3);
      expect(sent.map(({ message }) => message.seq).sort()).toEqual([2, 3, 4]);
      expect(await stored()).toHaveLength(4);
    });

    it('tries again when the insert never arrived', async () => {
      await send(node, 'warm');
      failOnce(async () => {
        throw new mongo.MongoNetworkError('the line was cut before the insert');
      });
      expect((await send(node, 'one')).message.seq).toBe(2);
    });

    it('answers unavailable when no try is confirmed, and the retry with the same id is stored once', async () => {
      await send(node, 'warm');
      const clientMessageId = randomUUID();
      const down = jest
        .spyOn(node.messages.collection, 'insertMany')
        .mockRejectedValue(new mongo.MongoNetworkError('no line'));
      await expect(send(node, 'one', clientMessageId)).rejects.toMatchObject({
        code: 'unavailable',
        retryAfter: 1,
      });
      down.mockRestore();
      expect((await send(node, 'one', clientMessageId)).message.seq).toBe(2);
      expect(await stored()).toHaveLength(2);
    });

    /** Inserts store, and their answers are lost, however often they are tried. */
    const loseAnswers = () => {
      const { collection } = node.messages;
      const insert = collection.insertMany.bind(collection);
      return jest.spyOn(collection, 'insertMany').mockImplementation(async (...args) => {
        await insert(...args).catch(() => undefined);
        throw new mongo.MongoNetworkError('the answer was lost');
      });
    };
    const told = (commits: { entries: { seq: number }[] }) => commits.entries.map(({ seq }) => seq);

    it('tells the room and the admins at once of what was stored although no try was confirmed', async () => {
      await send(node, 'warm');
      await node.announcer.settled();
      node.broadcasts.length = 0;
      loseAnswers();
      const committed = firstValueFrom(node.log.commits);
      expect((await send(node, 'one')).message.seq).toBe(2);
      expect(told(await committed)).toEqual([2]);
      await node.announcer.settled();
      expect(node.broadcasts.map(({ event, rooms }) => [event, ...rooms])).toEqual([
        ['new_message', `chat:${chatId}`],
        ['new_chat_message', 'admin_room'],
      ]);
      await node.projection.flush();
      expect(await node.chats.findById(chatId).lean()).toMatchObject({ lastSeq: 2, lastMessage: 'one' });
    });

    it('says of each write what became of it, of transactions too', async () => {
      const admin = await node.signIn('admin', 'Ada Moss');
      const outcomes: [string, number][] = [];
      const watching = node.log.writes.subscribe(({ outcome, stored }) => outcomes.push([outcome, stored]));
      await send(node, 'warm');
      await refusePoison();
      await expect(send(node, 'poison')).rejects.toMatchObject({ code: 'internal_error' });
      await node.connection.db?.command({ collMod: 'messages', validator: {} });
      await node.messagesService.send(admin, chatId, { message: 'with "assigned"' });
      await send(other, 'in between');
      await send(node, 'behind it');
      loseAnswers();
      await send(node, 'no answer');
      watching.unsubscribe();
      expect(outcomes).toEqual([
        ['stored', 1],
        ['refused', 0],
        ['stored', 2],
        ['duplicate', 0],
        ['stored', 1],
        ['unknown', 0],
      ]);
    });

    it('tells of what it finds after a doubt as repeated, and of what it writes as new', async () => {
      const commits = firstValueFrom(node.log.commits.pipe(take(2), toArray()));
      await send(node, 'warm');
      loseAnswers();
      await send(node, 'no answer');
      expect((await commits).map(({ isRepeated }) => isRepeated)).toEqual([false, true]);
    });

    it('tells of what an unknown outcome has stored once the log can be read again', async () => {
      await send(node, 'warm');
      const { collection } = node.messages;
      const committed = firstValueFrom(node.log.commits);
      jest.spyOn(node.reader, 'head').mockRejectedValueOnce(new mongo.MongoNetworkError('no line'));
      loseAnswers();
      await send(node, 'one');
      expect(told(await committed)).toEqual([2]);
      expect(await collection.countDocuments({ message: 'one', seq: 2 })).toBeGreaterThan(0);
    });

    it.each(['cold', 'warm'])(
      'tells of a message that another node stored and then died with, when its retry comes to a %s node',
      async (temperature) => {
        if (temperature === 'warm') await send(node, 'warm');
        const clientMessageId = randomUUID();
        await send(other, 'told to nobody', clientMessageId);
        await send(other, 'behind it');
        const committed = firstValueFrom(node.log.commits);
        expect((await send(node, 'told to nobody', clientMessageId)).isNew).toBe(false);
        expect((await committed).entries.map(({ message }) => message)).toEqual(['told to nobody']);
      },
    );

    it('tells of such a message also when the outcome of its retry is unknown', async () => {
      const clientMessageId = randomUUID();
      await send(other, 'told to nobody', clientMessageId);
      await send(node, 'warm');
      loseAnswers();
      const committed = firstValueFrom(node.log.commits);
      expect((await send(node, 'told to nobody', clientMessageId)).isNew).toBe(false);
      expect(told(await committed)).toEqual([1]);
    });

    it('tells of such a message also when its chat cannot be written to any more', async () => {
      const clientMessageId = randomUUID();
      await send(other, 'told to nobody', clientMessageId);
      await node.close(chatId);
      await node.chatsService.ownActiveChat(customer);
      const committed = firstValueFrom(node.log.commits);
      expect((await send(node, 'told to nobody', clientMessageId)).isNew).toBe(false);
      expect(told(await committed)).toEqual([1]);
    });

    it('tells with such a message of what was written together with it', async () => {
      await node.close(chatId);
      const clientMessageId = randomUUID();
      await send(other, 'reopens', clientMessageId);
      const committed = firstValueFrom(node.log.commits);
      await send(node, 'reopens', clientMessageId);
      expect(await committed).toMatchObject({ changedChat: true, entries: [{ seq: 2 }, { seq: 3 }] });
    });

    it('does not tell again of its own message when that is sent again', async () => {
      const clientMessageId = randomUUID();
      await send(node, 'one', clientMessageId);
      const committed = firstValueFrom(node.log.commits);
      await send(node, 'one', clientMessageId);
      await send(node, 'two');
      expect(told(await committed)).toEqual([2]);
    });

    it('answers before the caller gives up, also when the database never answers an insert', async () => {
      await send(node, 'warm');
      jest.spyOn(node.messages.collection, 'insertMany').mockReturnValue(new Promise(() => undefined));
      const givesUp = pause(ACK_TIMEOUT_MS, 'gave up', { ref: false });
      const refusal = expect(Promise.race([send(node, 'one'), givesUp])).rejects;
      await refusal.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    });

    it('answers before the caller gives up, also when the database never ends a transaction', async () => {
      const admin = await node.signIn('admin', 'Ada Moss');
      jest.spyOn(node.messages.collection, 'insertMany').mockReturnValue(new Promise(() => undefined));
      const givesUp = pause(ACK_TIMEOUT_MS, 'gave up', { ref: false });
      const answer = node.messagesService.send(admin, chatId, { message: 'one' });
      await expect(Promise.race([answer, givesUp])).rejects.toMatchObject({ code: 'unavailable' });
    });

    it.each([
      ['time', INTERRUPTED_CODE],
      ['room', OUT_OF_DISK_SPACE_CODE],
    ])('tries again what the database only had no %s for', async (_what, code) => {
      await send(node, 'warm');
      const interrupted = await node.messages.collection
        .bulkWrite((await stored()).map((document) => ({ insertOne: { document } })))
        .catch((error: unknown) => error);
      if (!(interrupted instanceof mongo.MongoBulkWriteError))
        throw new Error('There should be a duplicate.');
      for (const { err } of [interrupted.writeErrors].flat()) err.code = code;
      failOnce(() => Promise.reject(interrupted));
      expect((await send(node, 'one')).message.seq).toBe(2);
    });

    it('refuses only the entry that the database refuses, in the middle of a batch', async () => {
      await send(node, 'warm');
      await refusePoison();
      // The first insert waits until all others are queued, so that they form one batch.
      const queued = Promise.withResolvers<undefined>();
      const { collection } = node.messages;
      const insert = collection.insertMany.bind(collection);
      jest.spyOn(collection, 'insertMany').mockImplementationOnce(async (...args) => {
        await queued.promise;
        return insert(...args);
      });
      const accepted = [];
      for (const message of ['one', 'two', 'poison', 'three', 'four']) {
        accepted.push((await node.messagesService.accept(customer, chatId, { message })).stored);
      }
      queued.resolve(undefined);
      const results = await Promise.allSettled(accepted);
      expect(results[2]).toMatchObject({ reason: { code: 'internal_error', retryAfter: undefined } });
      await node.connection.db?.command({ collMod: 'messages', validator: {} });
      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ]);
      const all = await stored();
      expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
      expect(all.map(({ message }) => message)).toEqual(['warm', 'one', 'two', 'three', 'four']);
    });

    it('stores a message although another text under the same id was refused meanwhile', async () => {
      await send(node, 'warm');
      await refusePoison();
      const clientMessageId = randomUUID();
      const results = await Promise.allSettled([
        ...['poison', 'harmless'].map((message) => {
          const chat = new Types.ObjectId(chatId);
          return node.log.append(new SendMessageAct(chat, customer, { message, clientMessageId }));
        }),
      ]);
      await node.connection.db?.command({ collMod: 'messages', validator: {} });
      expect(results).toMatchObject([
        { status: 'rejected', reason: { code: 'internal_error' } },
        { status: 'fulfilled', value: { entries: [{ seq: 2, message: 'harmless' }] } },
      ]);
    });
  });

  describe('with small queues', () => {
    it('says busy beyond its bound, and takes messages again after that', async () => {
      const small = await startChatNode(database.uri, { LIMIT_QUEUED_ENTRIES_PER_CHAT: '5' });
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) => send(small, `message ${index}`)),
      );
      const refused = results.filter(({ status }) => status === 'rejected');
      expect(refused.length).toBeGreaterThan(0);
      for (const refusal of refused)
        expect(refusal).toMatchObject({ reason: { code: 'busy', retryAfter: 1 } });
      expect(await stored()).toHaveLength(50 - refused.length);
      await send(small, 'again');
      await small.stop();
    });
  });
});
