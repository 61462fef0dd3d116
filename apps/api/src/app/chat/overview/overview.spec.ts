import { type OverviewFiguresDto } from '@elite-chat/contracts';
import { Types } from 'mongoose';

import { createTestDatabase, type TestDatabase } from '../../../../test/test-database';
import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { type ChatNode, startChatNode } from '../testing/chat-node';
import { messagesCounterId, quarterOf } from './chat-figures';
import { OverviewAnnouncer } from './overview-announcer';

const HOUR_MS = 3_600_000;

describe('the overview', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let announcer: OverviewAnnouncer;
  let customer: AuthenticatedUser;
  let admin: AuthenticatedUser;
  let chatId: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    announcer = new OverviewAnnouncer(node.counting, node.people, node.figures, node.broadcaster);
    announcer.onModuleInit();
    customer = await node.signIn('user', 'Cora Lane');
    admin = await node.signIn('admin', 'Ada Moss');
    chatId = (await node.chatsService.ownActiveChat(customer)).id;
  });

  afterEach(async () => {
    await announcer.beforeApplicationShutdown();
    await node.stop();
    await database.drop();
  });

  const told = () =>
    node.broadcasts.filter(({ event }) => event === 'overview_updated').map(({ payload }) => payload);

  it('is for admins only', async () => {
    await expect(node.overview.overview(customer, {})).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('begins with nothing', async () => {
    expect(await node.overview.overview(admin, {})).toEqual({
      waiting: 0,
      open: 0,
      unread: 0,
      unassigned: 0,
      mine: 0,
      customersOnline: 0,
      messagesToday: 0,
    });
  });

  it('has all that was committed before it was asked for', async () => {
    await node.messagesService.send(customer, chatId, { message: 'one' });
    node.people.enter(customer, 'connection');
    const since = new Date(Date.now() - 1_000).toISOString();
    expect(await node.overview.overview(admin, { since })).toEqual({
      waiting: 1,
      open: 1,
      unread: 1,
      unassigned: 1,
      mine: 0,
      customersOnline: 1,
      messagesToday: 1,
    });
  });

  it('counts messages from the quarter of an hour that holds the start', async () => {
    const now = Date.now();
    for (const [hours, n] of [
      [0, 1],
      [3, 10],
      [25.5, 100],
      [27, 1_000],
    ] as const) {
      const at = quarterOf(now - hours * HOUR_MS);
      await node.counters.create({ _id: messagesCounterId(at), n, at });
    }
    const since = async (time: number) =>
      (await node.overview.overview(admin, { since: new Date(time).toISOString() })).messagesToday;
    expect(await since(quarterOf(now - 3 * HOUR_MS).getTime())).toBe(11);
    expect(await since(quarterOf(now - 3 * HOUR_MS).getTime() + 1)).toBe(11);
    expect(await since(quarterOf(now - 3 * HOUR_MS).getTime() + 900_000)).toBe(1);
    expect(await since(now - 25.9 * HOUR_MS)).toBe(111);
  });

  it('begins the day in UTC where nobody says otherwise', async () => {
    const midnight = new Date().setUTCHours(0, 0, 0, 0);
    for (const [time, n] of [
      [midnight, 1],
      [midnight - 900_000, 10],
    ] as const) {
      const at = new Date(time);
      await node.counters.create({ _id: messagesCounterId(at), n, at });
    }
    expect((await node.overview.overview(admin, {})).messagesToday).toBe(1);
  });

  it('refuses a start of more than 26 hours ago, naming the field', async () => {
    const since = new Date(Date.now() - 26 * HOUR_MS - 1_000).toISOString();
    await expect(node.overview.overview(admin, { since })).rejects.toMatchObject({
      code: 'validation_failed',
      details: [{ field: 'since' }],
    });
  });

  describe('is told to admins', () => {
    it('when a chat begins to wait, and not when nothing has changed', async () => {
      await node.messagesService.send(customer, chatId, { message: 'one' });
      await node.counting.flush();
      await announcer.settled();
      const figures: OverviewFiguresDto = {
        waiting: 1,
        open: 1,
        unread: 1,
        unassigned: 1,
        customersOnline: 0,
      };
      expect(told()).toEqual([figures]);
      await node.messagesService.send(customer, chatId, { message: 'two' });
      await node.counting.flush();
      await announcer.settled();
      expect(told()).toEqual([figures]);
      expect(node.broadcasts.find(({ event }) => event === 'overview_updated')?.rooms).toEqual([
        'admin_room',
      ]);
    });

    it('when chats become theirs or are so no more, each admin by their own sockets', async () => {
      const ben = await node.signIn('admin', 'Ben Hale');
      const own = () =>
        node.broadcasts
          .filter(({ event }) => event === 'own_overview_updated')
          .map(({ rooms, payload }) => [...rooms, payload]);
      const settle = async () => {
        await node.counting.flush();
        await announcer.settled();
      };
      await node.messagesService.send(customer, chatId, { message: 'one' });
      await settle();
      expect(own()).toEqual([]);
      await node.chatsService.assign(admin, chatId, {});
      await settle();
      expect(own()).toEqual([[`user:${admin.id}`, { mine: 1 }]]);
      expect(told().at(-1)).toMatchObject({ unassigned: 0, open: 1 });
      node.broadcasts.length = 0;
      await node.chatsService.assign(ben, chatId, {});
      await settle();
      expect(own().sort()).toEqual(
        [
          [`user:${admin.id}`, { mine: 0 }],
          [`user:${ben.id}`, { mine: 1 }],
        ].sort(),
      );
      expect((await node.overview.overview(ben, {})).mine).toBe(1);
    });

    it('of their own chats also after the database did not answer', async () => {
      await node.messagesService.send(customer, chatId, { message: 'one' });
      await node.chatsService.assign(admin, chatId, {});
      jest.spyOn(node.figures, 'ownOf').mockRejectedValueOnce(new Error('The line is cut.'));
      await node.counting.flush();
      await announcer.settled();
      await announcer.settled();
      expect(node.broadcasts.filter(({ event }) => event === 'own_overview_updated')).toHaveLength(1);
    });

    it('when customers come and go, each counted once', async () => {
      const id = new Types.ObjectId().toHexString();
      const connections = ['first', 'second'];
      for (const connection of connections) {
        node.people.enter({ id, role: 'user' }, connection);
        await announcer.settled();
      }
      for (const connection of connections) {
        node.people.leave(id, connection);
        await announcer.settled();
      }
      expect(told()).toEqual([
        { waiting: 0, open: 0, unread: 0, unassigned: 0, customersOnline: 1 },
        { waiting: 0, open: 0, unread: 0, unassigned: 0, customersOnline: 0 },
      ]);
    });

    it('not for who comes and goes between two tellings', async () => {
      node.people.enter(customer, 'connection');
      await announcer.settled();
      const passing = new Types.ObjectId().toHexString();
      node.people.enter({ id: passing, role: 'user' }, 'connection');
      node.people.leave(passing, 'connection');
      await announcer.settled();
      expect(told()).toEqual([{ waiting: 0, open: 0, unread: 0, unassigned: 0, customersOnline: 1 }]);
    });

    it('also after the database did not answer', async () => {
      jest.spyOn(node.figures, 'now').mockRejectedValueOnce(new Error('The line is cut.'));
      node.people.enter(customer, 'connection');
      await announcer.settled();
      expect(told()).toEqual([]);
      await announcer.settled();
      expect(told()).toEqual([{ waiting: 0, open: 0, unread: 0, unassigned: 0, customersOnline: 1 }]);
    });
  });
});
