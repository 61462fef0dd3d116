import { setTimeout as pause } from 'node:timers/promises';

import {
  type Ack,
  apiPaths,
  type ChatDto,
  JOINED_CHATS_MAX,
  type MessageDto,
  type OverviewDto,
  type OverviewFiguresDto,
  type SessionDto,
} from '@elite-chat/contracts';
import { getModelToken } from '@nestjs/mongoose';
import { type Model } from 'mongoose';
import { io, type Socket } from 'socket.io-client';

import { createTestApp, type TestApp } from '../../../test/test-app';
import { UsersService } from '../users/users.service';
import { ConnectedPeople } from './presence/connected-people';
import { Chat } from './schemas/chat.schema';

describe('the gateway', () => {
  let app: TestApp;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    app = await createTestApp();
  });

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.disconnect();
  });

  afterAll(async () => {
    await app.close();
  });

  let people = 0;
  const signUp = async (role: 'user' | 'admin' = 'user') => {
    const email = `person-${++people}@example.com`;
    const password = 'correct-horse-battery';
    await app.app.get(UsersService).createAccount({ name: `Person ${people}`, email, password }, role);
    return post<SessionDto>(apiPaths.login, { email, password });
  };
  const post = async <T>(path: string, body: object, token?: string): Promise<T> => {
    const response = await fetch(`${app.url}/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    return (await response.json()) as T;
  };
  const chatOf = async ({ token }: SessionDto): Promise<ChatDto> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${app.url}/api/${apiPaths.userChat}`, { headers })).json() as Promise<ChatDto>;
  };
  const connect = async ({ token }: SessionDto): Promise<Socket> => {
    const socket = io(app.url, {
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
    return socket;
  };
  const say = (socket: Socket, event: string, ...payload: unknown[]): Promise<Ack<never>> =>
    socket.timeout(5_000).emitWithAck(event, ...payload);

  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await pause(10);
  };

  it('lets nobody in without a valid token, and says why', async () => {
    for (const token of ['', 'nonsense']) {
      await expect(connect({ token } as SessionDto)).rejects.toMatchObject({
        message: 'unauthorized',
        data: { code: 'unauthorized' },
      });
    }
  });

  it('answers a message only with what is stored, and shows it to the room and to admins', async () => {
    const [customer, admin] = [await signUp(), await signUp('admin')];
    const { id: chatId } = await chatOf(customer);
    const [writer, reader] = [await connect(customer), await connect(admin)];
    await say(writer, 'join_chat', { chatId });
    const shown = new Promise<MessageDto>((resolve) => writer.on('new_message', resolve));
    const told = new Promise<unknown>((resolve) => reader.on('new_chat_message', resolve));
    const ack = await say(writer, 'send_message', { chatId, message: 'Where are my photos?' });
    expect(ack).toMatchObject({ ok: true, data: { seq: 1, message: 'Where are my photos?' } });
    const stored: unknown = ack.ok && ack.data;
    expect(await shown).toEqual(stored);
    expect(await told).toMatchObject({
      message: stored,
      chat: { id: chatId, unreadCount: { user: 0, admin: 1 } },
    });
  });

  it('stores one socket’s messages in the order in which they were sent', async () => {
    const customer = await signUp();
    const { id: chatId } = await chatOf(customer);
    const socket = await connect(customer);
    const texts = Array.from({ length: 60 }, (_, index) => `message ${index}`);
    const acks = await Promise.all(texts.map((message) => say(socket, 'send_message', { chatId, message })));
    expect(acks.map((ack) => ack.ok && Reflect.get(ack.data, 'seq'))).toEqual(
      texts.map((_, index) => index + 1),
    );
  });

  it('answers everything that is wrong with one error, and stays', async () => {
    const customer = await signUp();
    const { id: chatId } = await chatOf(customer);
    const socket = await connect(customer);
    const answers = [
      [await say(socket, 'no_such_event'), 'unknown_event'],
      [await say(socket, 'constructor'), 'unknown_event'],
      [await say(socket, 'send_message'), 'validation_failed'],
      [await say(socket, 'send_message', { chatId, message: { $gt: '' } }), 'validation_failed'],
      [
        await say(socket, 'leave_chat', ...Array.from({ length: 10 }, () => ({ chatId }))),
        'validation_failed',
      ],
      [await say(socket, 'join_chat', { chatId: '665f1f77bcf86cd799439011' }), 'not_found'],
      [await say(socket, 'assign_chat', { chatId }), 'forbidden'],
      [await say(socket, 'unassign_chat', { chatId }), 'forbidden'],
    ] as const;
    for (const [ack, code] of answers) expect(ack).toMatchObject({ ok: false, error: { code } });
    socket.emit('send_message', { nonsense: true });
    socket.emit('typing');
    expect(await say(socket, 'leave_chat', { chatId })).toEqual({ ok: true, data: {} });
  });

  it('tells of typing in the room, but no socket of the writer', async () => {
    const [customer, admin] = [await signUp(), await signUp('admin')];
    const { id: chatId } = await chatOf(customer);
    const [writer, own, reader] = [await connect(customer), await connect(customer), await connect(admin)];
    for (const socket of [writer, own, reader]) await say(socket, 'join_chat', { chatId });
    const echoes: unknown[] = [];
    for (const socket of [writer, own]) socket.on('user_typing', (typing) => echoes.push(typing));
    const heard: unknown[] = [];
    reader.on('user_typing', (typing) => heard.push(typing));
    // A line that is busy at that moment drops it.
    while (heard.length === 0) {
      expect(await say(writer, 'typing', { chatId, isTyping: true })).toEqual({ ok: true, data: {} });
      await say(reader, 'join_chat', { chatId });
    }
    expect(heard[0]).toEqual({
      chatId,
      userId: customer.user.id,
      name: customer.user.name,
      role: 'user',
      isTyping: true,
    });
    // What would have been echoed stands before this answer on the same line.
    await Promise.all([say(writer, 'leave_chat', { chatId }), say(own, 'leave_chat', { chatId })]);
    expect(echoes).toEqual([]);
  });

  it('tells admins, and no customer, of the overview’s figures and of who is online', async () => {
    const [customer, admin] = [await signUp(), await signUp('admin')];
    const { id: chatId } = await chatOf(customer);
    const reader = await connect(admin);
    const told: OverviewFiguresDto[] = [];
    reader.on('overview_updated', (figures: OverviewFiguresDto) => told.push(figures));
    const tellsOf = (fits: (figures: OverviewFiguresDto) => boolean) =>
      new Promise<void>((resolve) => {
        const listen = () => {
          if (!fits(told.at(-1) ?? { waiting: 0, open: 0, unread: 0, unassigned: 0, customersOnline: 0 }))
            return;
          reader.off('overview_updated', listen);
          resolve();
        };
        reader.on('overview_updated', listen);
        listen();
      });
    const overview = async () => {
      const headers = { authorization: `Bearer ${admin.token}` };
      const response = await fetch(`${app.url}/api/${apiPaths.adminOverview}`, { headers });
      return (await response.json()) as OverviewDto;
    };
    await until(async () => (await overview()).customersOnline === 0);
    const before = await overview();
    const [writer, second] = [await connect(customer), await connect(customer)];
    const heard: string[] = [];
    for (const socket of [writer, second]) socket.onAny((event: string) => heard.push(event));
    await say(writer, 'join_chat', { chatId });
    const waits = tellsOf(
      ({ waiting, customersOnline }) => waiting > before.waiting && customersOnline === 1,
    );
    await say(writer, 'send_message', { chatId, message: 'Where are my photos?' });
    await waits;
    expect(await overview()).toEqual({
      waiting: before.waiting + 1,
      open: before.open + 1,
      unread: before.unread + 1,
      unassigned: before.unassigned + 1,
      mine: 0,
      customersOnline: 1,
      messagesToday: before.messagesToday + 1,
    });
    // What would have been told to customers stands before these answers on the same lines.
    await Promise.all([writer, second].map((socket) => say(socket, 'leave_chat', { chatId })));
    expect(heard).toEqual(['new_message']);
    const leave = jest.spyOn(app.app.get(ConnectedPeople), 'leave');
    second.disconnect();
    await until(() => leave.mock.calls.length === 1);
    expect((await overview()).customersOnline).toBe(1);
    const leaves = tellsOf(({ customersOnline }) => customersOnline === 0);
    writer.disconnect();
    await leaves;
    expect((await overview()).customersOnline).toBe(0);
  });

  it('lets one connection join a bounded number of chats, and another one after one was left', async () => {
    const [customer, admin] = [await signUp(), await signUp('admin')];
    const model = app.app.get<Model<Chat>>(getModelToken(Chat.name));
    const now = new Date();
    const chats = await model.insertMany(
      Array.from({ length: JOINED_CHATS_MAX }, (_, index) => ({
        user: customer.user.id,
        isActive: false,
        activity: `${now.toISOString()}#${index}`,
        createdAt: now,
        updatedAt: now,
      })),
    );
    const { id: oneMore } = await chatOf(customer);
    const socket = await connect(admin);
    for (const { id: chatId } of chats) await say(socket, 'join_chat', { chatId });
    expect(await say(socket, 'join_chat', { chatId: oneMore })).toMatchObject({
      ok: false,
      error: {
        code: 'validation_failed',
        details: [{ field: 'chatId', message: expect.stringContaining('100') }],
      },
    });
    const first = { chatId: chats[0]?.id };
    expect((await say(socket, 'join_chat', first)).ok).toBe(true);
    await say(socket, 'leave_chat', first);
    expect((await say(socket, 'join_chat', { chatId: oneMore })).ok).toBe(true);
  });

  it('ends every other session’s socket with “sign out everywhere”, and keeps the caller’s', async () => {
    const session = await signUp();
    const other = await post<SessionDto>(apiPaths.login, {
      email: session.user.email,
      password: 'correct-horse-battery',
    });
    const [kept, ended] = [await connect(session), await connect(other)];
    const gone = new Promise<string>((resolve) => ended.on('disconnect', resolve));
    await fetch(`${app.url}/api/${apiPaths.signOutEverywhere}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session.token}` },
    });
    expect(await gone).toBe('io server disconnect');
    expect(kept.connected).toBe(true);
    await expect(connect(other)).rejects.toMatchObject({ message: 'unauthorized' });
  });

  it('cuts off a socket that sends too much at once, and no other', async () => {
    const [one, two] = [await connect(await signUp()), await connect(await signUp())];
    const gone = new Promise<string>((resolve) => one.on('disconnect', resolve));
    one.emit('send_message', { message: 'x'.repeat(100_000) });
    await gone;
    expect(await say(two, 'leave_chat', { chatId: '665f1f77bcf86cd799439011' })).toEqual({
      ok: true,
      data: {},
    });
  });
});
