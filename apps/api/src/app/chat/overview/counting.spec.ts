import { type SenderRole } from '@elite-chat/contracts';

import { createTestDatabase, type TestDatabase } from '../../../../test/test-database';
import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { type Chat, UNASSIGNED } from '../schemas/chat.schema';
import { openCounterId } from '../schemas/counter.schema';
import { type ChatNode, startChatNode } from '../testing/chat-node';

const PEOPLE: readonly SenderRole[] = ['user', 'admin'];

/** The same acts for a seed, whatever else happens. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('the counters', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let other: ChatNode;
  let customer: AuthenticatedUser;
  let admin: AuthenticatedUser;
  let chatId: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    other = await startChatNode(database.uri);
    await node.repair.run();
    customer = await node.signIn('user', 'Cora Lane');
    admin = await node.signIn('admin', 'Ada Moss');
    chatId = (await node.chatsService.ownActiveChat(customer)).id;
  });

  afterEach(async () => {
    await Promise.all([node.stop(), other.stop()]);
    await database.drop();
  });

  /** What the counters hold. */
  const counted = async () => {
    await node.counting.flush();
    const { waiting, open, unread } = await node.figures.now();
    return { waiting, open, unread };
  };

  /** How many open chats each assignee has, as the counters hold it; those without any are left out. */
  const countedOpenOf = async () => {
    const counters = await node.counters.find({ _id: /^open:/, open: { $ne: 0 } }).sort({ _id: 1 });
    return counters.map(({ _id, open }) => [_id, open]);
  };

  /** What a count of all chats and messages finds, by what the figures mean. */
  const recount = async () => {
    const listed = await node.chats.find({ lastMessageTime: { $ne: null } }).lean<Chat[]>();
    const open = listed.filter(({ isActive }) => isActive);
    return {
      open: open.length,
      waiting: open.filter(({ lastSender }) => lastSender?.role === 'user').length,
      unread: listed.filter(({ unreadCount }) => unreadCount.admin > 0).length,
      openOf: recountOpenOf(open),
      messages: await node.messages.countDocuments({ senderRole: { $in: PEOPLE } }),
    };
  };

  const recountOpenOf = (open: readonly Chat[]) => {
    const sums = new Map<string, number>();
    for (const { admin: assignee } of open) {
      const id = openCounterId(assignee?.toHexString() ?? UNASSIGNED);
      sums.set(id, (sums.get(id) ?? 0) + 1);
    }
    return [...sums].sort(([one], [another]) => (one < another ? -1 : 1));
  };

  const stored = async () => ({
    ...(await counted()),
    openOf: await countedOpenOf(),
    messages: await node.figures.messagesSince(Date.now() - 3_600_000),
  });

  it('know nothing of a chat in which nobody has written', async () => {
    await node.chatsService.assign(admin, chatId, {});
    expect(await counted()).toEqual({ waiting: 0, open: 0, unread: 0 });
    expect(await recount()).toMatchObject({ waiting: 0, open: 0, unread: 0 });
  });

  it('follow a chat through question, reading, answer, closing and reopening', async () => {
    await node.messagesService.send(customer, chatId, { message: 'Where are my photos?' });
    expect(await counted()).toEqual({ waiting: 1, open: 1, unread: 1 });
    await node.readMarks.markRead(admin, chatId, {});
    expect(await counted()).toEqual({ waiting: 1, open: 1, unread: 0 });
    await node.messagesService.send(admin, chatId, { message: 'On their way.' });
    expect(await counted()).toEqual({ waiting: 0, open: 1, unread: 0 });
    await node.messagesService.send(customer, chatId, { message: 'Thanks' });
    await node.close(chatId);
    expect(await counted()).toEqual({ waiting: 0, open: 0, unread: 1 });
    await other.messagesService.send(customer, chatId, { message: 'One more thing' });
    await other.counting.flush();
    expect(await counted()).toEqual({ waiting: 1, open: 1, unread: 1 });
    expect(await stored()).toEqual(await recount());
  });

  it('follow a chat from nobody to one admin, to another, back to nobody, and closed', async () => {
    const ben = await node.signIn('admin', 'Ben Hale');
    const open = async () => {
      await node.counting.flush();
      return [
        (await node.figures.ownOf(admin.id)).mine,
        (await node.figures.ownOf(ben.id)).mine,
        (await node.figures.now()).unassigned,
      ];
    };
    await node.messagesService.send(customer, chatId, { message: 'Where are my photos?' });
    expect(await open()).toEqual([0, 0, 1]);
    await node.chatsService.assign(admin, chatId, {});
    expect(await open()).toEqual([1, 0, 0]);
    await node.chatsService.assign(admin, chatId, { adminId: ben.id });
    expect(await open()).toEqual([0, 1, 0]);
    await node.chatsService.unassign(admin, chatId);
    expect(await open()).toEqual([0, 0, 1]);
    await node.chatsService.close(ben, chatId);
    expect(await open()).toEqual([0, 0, 0]);
    expect(await stored()).toEqual(await recount());
  });

  it('count each message of a person once, and none of the system', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        node.messagesService.send(customer, chatId, { message: `message ${index}` }),
      ),
    );
    await node.messagesService.send(admin, chatId, { message: 'assigns the chat too' });
    await node.counting.flush();
    expect(await node.figures.messagesSince(Date.now() - 60_000)).toBe(31);
  });

  it('cost no transaction where nothing has changed', async () => {
    const count = jest.spyOn(node.counterWriter, 'count');
    await node.messagesService.send(customer, chatId, { message: 'one' });
    await node.counting.flush();
    expect(count).toHaveBeenCalledTimes(1);
    node.counting.note([(await node.chats.findById(chatId).orFail())._id]);
    await node.counting.flush();
    expect(count).toHaveBeenCalledTimes(1);
  });

  it('give the same when several nodes count the same chats at once', async () => {
    await node.messagesService.send(customer, chatId, { message: 'one' });
    await node.projection.flush();
    const { _id } = await node.chats.findById(chatId).orFail();
    for (const each of [node, other]) each.counting.note([_id]);
    await Promise.all([node.counting.flush(), other.counting.flush()]);
    expect(await stored()).toEqual({
      waiting: 1,
      open: 1,
      unread: 1,
      messages: 1,
      openOf: [['open:unassigned', 1]],
    });
  });

  it('are mended by any node after a crash between projection and counting', async () => {
    const crashing = await startChatNode(database.uri);
    jest.spyOn(crashing.counting, 'note').mockReturnValue();
    await crashing.messagesService.send(customer, chatId, { message: 'never counted' });
    await crashing.stop();
    expect(await stored()).toEqual({ waiting: 0, open: 0, unread: 0, messages: 0, openOf: [] });
    await node.repair.run();
    expect(await stored()).toEqual({
      waiting: 1,
      open: 1,
      unread: 1,
      messages: 1,
      openOf: [['open:unassigned', 1]],
    });
  });

  it('are mended after a crash between a read mark and counting', async () => {
    await node.messagesService.send(customer, chatId, { message: 'one' });
    await node.counting.flush();
    const crashing = await startChatNode(database.uri);
    jest.spyOn(crashing.counting, 'note').mockReturnValue();
    await crashing.readMarks.markRead(admin, chatId, {});
    await crashing.stop();
    expect(await counted()).toMatchObject({ unread: 1 });
    await node.repair.run();
    expect(await counted()).toMatchObject({ unread: 0 });
  });

  it('try again when the database did not answer', async () => {
    jest.spyOn(node.counterWriter, 'count').mockRejectedValueOnce(new Error('The line is cut.'));
    await node.messagesService.send(customer, chatId, { message: 'one' });
    expect(await counted()).toEqual({ waiting: 0, open: 0, unread: 0 });
    expect(await counted()).toEqual({ waiting: 1, open: 1, unread: 1 });
  });

  it('let quarters of an hour go after three days', async () => {
    const indexes = await node.counters.collection.indexes();
    expect(indexes).toContainEqual(
      expect.objectContaining({ key: { at: 1 }, expireAfterSeconds: 3 * 86_400 }),
    );
    await node.messagesService.send(customer, chatId, { message: 'one' });
    await node.counting.flush();
    const quarter = await node.counters.findOne({ n: 1 }).orFail();
    expect(quarter._id).toBe(`messages:${quarter.at?.toISOString()}`);
    expect((quarter.at?.getTime() ?? 1) % 900_000).toBe(0);
  });

  it.each([1, 2, 3])(
    'equal a recount after any acts on several nodes, one of which crashes (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const ben = await node.signIn('admin', 'Ben Hale');
      const crashing = await startChatNode(database.uri);
      jest.spyOn(crashing.counting, 'note').mockReturnValue();
      const nodes = [node, other, crashing];
      const customers = await Promise.all(
        Array.from({ length: 6 }, (_, index) => node.signIn('user', `Customer ${index}`)),
      );
      const chats = await Promise.all(
        customers.map(async (person) => (await node.chatsService.ownActiveChat(person)).id),
      );
      const act = async (step: number): Promise<unknown> => {
        const [on, index] = [nodes[random(nodes.length)] ?? node, random(chats.length)];
        const [chat = chatId, person = customer] = [chats[index], customers[index]];
        switch (random(9)) {
          case 0:
            return on.readMarks.markRead(admin, chat, {});
          case 1:
            return on.messagesService.send(admin, chat, { message: `answer ${step}` });
          case 2:
            return on.chatsService.close(random(2) === 0 ? admin : person, chat);
          case 3:
            return on.chatsService.assign(random(2) === 0 ? admin : ben, chat, {});
          case 4:
            return on.chatsService.unassign(ben, chat);
          case 5:
            return on.chatsService.reopen(person, chat);
          default:
            return on.messagesService.send(person, chat, { message: `question ${step}` });
        }
      };
      for (let step = 0; step < 60; step += 3) {
        await Promise.all([act(step), act(step + 1), act(step + 2)]);
      }
      await crashing.stop();
      await Promise.all([node.counting.flush(), other.counting.flush()]);
      await node.repair.run();
      const found = await recount();
      expect(found.messages).toBeGreaterThan(10);
      expect(await stored()).toEqual(found);
    },
  );
});
