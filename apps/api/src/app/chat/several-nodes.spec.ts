import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import {
  type Ack,
  apiPaths,
  type ChatDto,
  type CustomersPresenceDto,
  type HealthDto,
  type MessageDto,
  type OverviewDto,
  type SessionDto,
} from '@elite-chat/contracts';
import { type RedisServer, startRedisServer } from '@elite-chat/redis-server';
import { io, type Socket } from 'socket.io-client';

import { createTestApp, type TestApp } from '../../../test/test-app';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { RedisConnection } from '../redis/redis-connection';
import { UsersService } from '../users/users.service';

describe('several nodes', () => {
  let database: TestDatabase;
  let redis: RedisServer;
  let first: TestApp;
  let second: TestApp;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
    const node = () =>
      createTestApp({ database, variables: { REDIS_URL: redis.url, TRUST_PROXY: 'loopback' } });
    [first, second] = [await node(), await node()];
    await areConnected();
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    redis.resume();
    await redis.restart();
    await areConnected();
  });

  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
    await Promise.all([database.drop(), redis.stop()]);
  });

  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await pause(20);
  }

  const linesOf = ({ app }: TestApp) => app.get(RedisConnection);
  const areConnected = () => until(() => [first, second].every((node) => linesOf(node).isReady));
  const areAway = () => until(() => [first, second].every((node) => !linesOf(node).isReady));

  async function signUp(role: 'user' | 'admin'): Promise<SessionDto> {
    const email = `${randomUUID()}@example.com`;
    const password = 'correct-horse-battery';
    await first.app.get(UsersService).createAccount({ name: 'Person', email, password }, role);
    const answer = await fetch(`${first.url}/api/${apiPaths.login}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    return (await answer.json()) as SessionDto;
  }

  async function get<T>(node: TestApp, path: string, { token }: SessionDto): Promise<T> {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${node.url}/api/${path}`, { headers })).json() as Promise<T>;
  }

  async function connect(node: TestApp, { token }: SessionDto): Promise<Socket> {
    const socket = io(node.url, {
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    sockets.push(socket);
    await new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(undefined));
      socket.once('connect_error', reject);
    });
    return socket;
  }

  function say<T>(socket: Socket, event: string, payload: object): Promise<Ack<T>> {
    return socket.timeout(15_000).emitWithAck(event, payload);
  }

  function hears<T>(socket: Socket, event: string, fits: (payload: T) => boolean = () => true): Promise<T> {
    return new Promise((resolve) => {
      socket.on(event, (payload: T) => {
        if (fits(payload)) resolve(payload);
      });
    });
  }

  /** A customer at the first node and an admin at the second, both in the customer's chat. */
  async function conversation() {
    const [customer, admin] = [await signUp('user'), await signUp('admin')];
    const { id: chatId } = await get<ChatDto>(first, apiPaths.userChat, customer);
    const [here, there] = [await connect(first, customer), await connect(second, admin)];
    await Promise.all([here, there].map((socket) => say(socket, 'join_chat', { chatId })));
    const write = (socket: Socket, message: string) =>
      say<MessageDto>(socket, 'send_message', { chatId, message });
    return { customer, admin, chatId, here, there, write };
  }

  const withText = (text: string) => (message: MessageDto) => message.message === text;

  it('tell each other of messages, typing and assignment', async () => {
    const { chatId, here, there, write } = await conversation();
    const heard = [hears(there, 'new_message', withText('Hello')), hears(there, 'new_chat_message')];
    await write(here, 'Hello');
    await Promise.all(heard);
    let isTypingKnown = false;
    there.on('user_typing', () => (isTypingKnown = true));
    // A line that is busy at that moment drops it.
    while (!isTypingKnown) {
      await say(here, 'typing', { chatId, isTyping: true });
      await say(there, 'join_chat', { chatId });
    }
    const told = [
      hears<ChatDto>(here, 'chat_updated', ({ admin }) => admin !== null),
      hears(here, 'messages_read'),
    ];
    await write(there, 'Hello to you');
    await say(there, 'mark_read', { chatId });
    await Promise.all(told);
  });

  it('know who is there, wherever that is', async () => {
    const { customer, admin, here, there } = await conversation();
    const presence = async () => {
      const path = `${apiPaths.adminPresence}?userIds=${customer.user.id}`;
      return (await get<CustomersPresenceDto>(second, path, admin)).customers[0]?.presence;
    };
    await until(async () => (await presence()) === 'online');
    expect(await get(first, apiPaths.userSupport, customer)).toEqual({ isOnline: true });
    await until(
      async () => (await get<OverviewDto>(second, apiPaths.adminOverview, admin)).customersOnline === 1,
    );
    const idles = hears<CustomersPresenceDto>(there, 'customer_presence', ({ customers }) =>
      customers.some((one) => one.userId === customer.user.id && one.presence === 'idle'),
    );
    const goes = hears<{ isOnline: boolean }>(here, 'support_presence', ({ isOnline }) => !isOnline);
    await say(here, 'set_idle', { isIdle: true });
    await idles;
    await say(there, 'set_idle', { isIdle: true });
    await goes;

    await redis.kill();
    await areAway();
    expect(await presence()).toBe('idle');
    await say(here, 'set_idle', { isIdle: false });
    await redis.restart();
    await until(async () => (await presence()) === 'online');
  });

  it('count the calls of one person together, and each by itself while Redis is away', async () => {
    const limited = () =>
      createTestApp({
        database,
        variables: { REDIS_URL: redis.url, LIMIT_SOCKET_EVENTS_PER_TEN_SECONDS: '10' },
      });
    const nodes = [await limited(), await limited()];
    try {
      await until(() => nodes.every((node) => linesOf(node).isReady));
      const admin = await signUp('admin');
      const lines = await Promise.all(nodes.map((node) => connect(node, admin)));
      const codes = async () => {
        const answers: string[] = [];
        for (let turn = 0; turn < 12; turn++) {
          const line = lines[turn % 2];
          if (!line) throw new Error('There are two lines.');
          const ack = await say(line, 'set_idle', { isIdle: false });
          answers.push(ack.ok ? 'ok' : ack.error.code);
        }
        return answers;
      };
      expect(await codes()).toEqual([...Array(10).fill('ok'), ...Array(2).fill('rate_limited')]);
      await redis.kill();
      await until(() => nodes.every((node) => !linesOf(node).isReady));
      expect(await codes()).toEqual(Array(12).fill('ok'));
    } finally {
      await Promise.all(nodes.map((node) => node.close()));
    }
  });

  it.each(['is killed', 'does not answer'])(
    'serve their own people while Redis %s, and meet again after it',
    async (how) => {
      const { customer, chatId, here, there, write } = await conversation();
      const own = await connect(first, customer);
      await say(own, 'join_chat', { chatId });
      if (how === 'is killed') await redis.kill();
      else redis.pause();
      const told = hears(own, 'new_message', withText('Anybody?'));
      expect(await write(here, 'Anybody?')).toMatchObject({ ok: true });
      await told;
      await areAway();
      // Whoever missed it sees by the head that something is missing.
      expect(await say(there, 'join_chat', { chatId })).toMatchObject({
        ok: true,
        data: { chat: { lastSeq: 1 } },
      });
      if (how === 'is killed') await redis.restart();
      else redis.resume();
      await areConnected();
      const later = hears(there, 'new_message', withText('Still here?'));
      expect(await write(here, 'Still here?')).toMatchObject({ ok: true });
      await later;
    },
  );

  it('end sessions on each other without Redis', async () => {
    const admin = await signUp('admin');
    const socket = await connect(second, admin);
    await redis.kill();
    await areAway();
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    const { id } = admin.user;
    await first.app.get(UsersService).endOtherSessions(id, 'another session');
    await gone;
  });

  it('say in their health that Redis is away', async () => {
    const ready = async () => {
      const answer = await fetch(`${first.url}/api/${apiPaths.healthReady}`);
      return { code: answer.status, ...((await answer.json()) as HealthDto) };
    };
    expect(await ready()).toEqual({ code: 200, status: 'ok', database: 'ok', redis: 'ok' });
    await redis.kill();
    await areAway();
    expect(await ready()).toEqual({ code: 503, status: 'unavailable', database: 'ok', redis: 'unavailable' });
  });

  it('start without Redis, and find each other when it comes', async () => {
    await redis.kill();
    const late = await createTestApp({ database, variables: { REDIS_URL: redis.url } });
    try {
      const { chatId, here, write } = await conversation();
      const admin = await signUp('admin');
      const socket = await connect(late, admin);
      await say(socket, 'join_chat', { chatId });
      await redis.restart();
      await until(() => [first, late].every((node) => linesOf(node).isReady));
      const heard = hears(socket, 'new_message', withText('Hello, late one'));
      await write(here, 'Hello, late one');
      await heard;
    } finally {
      await late.close();
    }
  });
});
