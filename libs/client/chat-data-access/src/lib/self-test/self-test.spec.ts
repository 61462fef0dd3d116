import { TestBed } from '@angular/core/testing';
import { aChat, anAdmin } from '@elite-chat/testing';

import { anError } from '../../../test/fake-chat-server';
import { endClient, prepareClient, settle, startClient } from '../../../test/start-client';
import { startSelfTest, testChatAPI, testChatConnection } from './start-self-test';
import type { SelfTestResult } from './self-test-report';

describe('Self-test', () => {
  let printed: string[];

  beforeEach(() => {
    printed = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line));
  });
  afterEach(endClient);

  const start = async (user?: Parameters<typeof startClient>[1]) => {
    const client = await startClient(undefined, user);
    client.server.store({});
    TestBed.runInInjectionContext(() => startSelfTest());
    return client;
  };
  const failing = (results: readonly SelfTestResult[]) =>
    results.filter(({ outcome }) => outcome === 'fails').map(({ name }) => name);

  it('finds everything working, and says so line by line', async () => {
    await start();
    const connection = await testChatConnection();
    const calls = await testChatAPI();
    expect(failing([...connection, ...calls])).toEqual([]);
    expect(connection.map(({ name }) => name)).toEqual(['token', 'connection', 'room', 'history']);
    for (const { name } of [...connection, ...calls]) expect(printed.join('\n')).toContain(name);
  });

  it.each([undefined, anAdmin()])(
    'leaves the room, and sends a message only when told to (%#)',
    async (user) => {
      const { server } = await start(user);
      await testChatConnection();
      expect([server.count('join_chat'), server.count('leave_chat')]).toEqual([1, 1]);
      const results = await testChatAPI();
      expect(
        results.find(({ name }) => name.startsWith('POST chat') && name.endsWith('messages'))?.outcome,
      ).toBe('skipped');
      expect(server.log).toHaveLength(1);

      expect(failing(await testChatAPI({ send: true }))).toEqual([]);
      expect(server.log).toHaveLength(2);
    },
  );

  it('marks nothing as read and assigns nobody', async () => {
    const { server } = await start(anAdmin());
    await testChatAPI();
    expect(server.chat.readSeq).toEqual({ user: 0, admin: 0 });
    expect(server.count(`POST chat/admin/chat/${aChat().id}/assign`)).toBe(0);
  });

  it('names what fails, and goes on', async () => {
    const { server } = await start();
    server.interfere = (name) => (name.endsWith('/messages') ? anError('unavailable') : undefined);
    expect(failing(await testChatAPI())).toEqual(['GET chat/user/chat/:chatId/messages']);
    server.socket.close();
    expect(failing(await testChatConnection())).toEqual([]);
  });

  it('says that there is no connection', async () => {
    const { server, socket } = await start();
    socket.disconnect();
    await settle();
    expect(server.socket.connected).toBe(false);
    expect(failing(await testChatConnection())).toEqual(['connection', 'room', 'history']);
  });

  it('tries another socket when it is given one', async () => {
    const { server } = await start();
    expect(failing(await testChatConnection(server.socket))).toEqual([]);
    expect(server.count('leave_chat')).toBe(1);
    server.interfere = (name) => (name === 'get_messages' ? anError('not_found') : undefined);
    expect(failing(await testChatConnection(server.socket))).toEqual(['history']);
  });

  it('says that nobody is signed in', async () => {
    prepareClient();
    TestBed.runInInjectionContext(() => startSelfTest());
    expect(failing(await testChatAPI())).toContain('token');
  });

  it('says so when no client runs', async () => {
    await start();
    TestBed.resetTestingModule();
    expect(failing(await testChatAPI())).toEqual(['client']);
  });
});
