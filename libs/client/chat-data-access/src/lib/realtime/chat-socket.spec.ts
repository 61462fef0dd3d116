import { TestBed } from '@angular/core/testing';
import { ACK_TIMEOUT_MS, type MessageDto } from '@elite-chat/contracts';
import { aChat, aMessage } from '@elite-chat/testing';

import { anError, FakeChatServer } from '../../../test/fake-chat-server';
import { endClient, prepareClient, settle, startClient } from '../../../test/start-client';

const CHAT = { chatId: aChat().id };

describe('ChatSocket', () => {
  afterEach(endClient);

  it('connects with the token once it is wanted and somebody is signed in', async () => {
    const { server, socket, session } = prepareClient();
    socket.connect();
    await settle();
    expect(socket.state()).toBe('disconnected');

    await session.signIn({ email: 'cora@example.com', password: 'customer-demo-1' });
    await settle();

    expect(socket.state()).toBe('connected');
    expect(server.socket.auth).toEqual({ token: 'token-1' });
  });

  it('disconnects at signing out, and connects anew for the next person', async () => {
    const { server, socket, session } = await startClient();
    session.signOut();
    await settle();
    expect(socket.state()).toBe('disconnected');
    expect(server.socket.connected).toBe(false);

    server.token = 'token-2';
    await session.signIn({ email: 'ada@example.com', password: 'admin-demo-1' });
    await settle();
    expect(server.socket.auth).toEqual({ token: 'token-2' });
    expect(socket.state()).toBe('connected');
  });

  it('tells of messages, one time each', async () => {
    const { server, socket } = await startClient();
    const heard: MessageDto[] = [];
    socket.newMessage$.subscribe().unsubscribe();
    socket.newMessage$.subscribe((message) => heard.push(message));
    server.store({});
    expect(heard).toEqual([aMessage()]);
  });

  it('waits when the line breaks, says until when, and connects again then', async () => {
    const { server, socket } = await startClient();
    let connections = 0;
    socket.connected$.subscribe(() => connections++);

    server.socket.close();
    expect(socket.state()).toBe('waiting');
    const wait = (socket.retryAt() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(0);

    await settle(wait - 1);
    expect(socket.state()).toBe('waiting');
    await settle(1);
    expect(socket.state()).toBe('connected');
    expect(socket.retryAt()).toBeNull();
    expect(connections).toBe(1);
  });

  it('waits longer from failure to failure, but never longer than half a minute', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    const { server, socket } = await startClient();
    server.refuse = () => new Error('websocket error');
    server.socket.close();

    const waits: number[] = [];
    for (let failure = 0; failure < 7; failure++) {
      waits.push((socket.retryAt() ?? 0) - Date.now());
      await settle(waits.at(-1));
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);

    server.refuse = () => null;
    socket.retryNow();
    await settle();
    server.socket.close();
    expect((socket.retryAt() ?? 0) - Date.now()).toBe(1_000);
  });

  it('does not come back before the server wants it', async () => {
    const { server, socket } = await startClient();
    server.refuse = () => Object.assign(new Error('rate_limited'), { data: anError('rate_limited', 60) });
    server.socket.close();
    socket.retryNow();
    await settle();
    expect((socket.retryAt() ?? 0) - Date.now()).toBeGreaterThanOrEqual(60_000);
  });

  it('ends the session when the token is refused, and tries no more', async () => {
    const { server, socket, session } = await startClient();
    server.token = 'token-2';
    server.socket.close('io server disconnect');
    socket.retryNow();
    await settle();

    expect(session.hasEnded()).toBe(true);
    expect(socket.state()).toBe('disconnected');
    const { tries } = server.socket;
    await settle(120_000);
    expect(server.socket.tries).toBe(tries);
  });

  it.each(['online', 'visibilitychange'])('connects at once on %s', async (event) => {
    const { server, socket } = await startClient();
    server.socket.close();
    (event === 'online' ? window : document).dispatchEvent(new Event(event));
    await settle();
    expect(socket.state()).toBe('connected');
  });

  it('tells when the page came back while connected', async () => {
    const { socket } = await startClient();
    let resumed = 0;
    socket.resumed$.subscribe(() => resumed++);
    window.dispatchEvent(new Event('online'));
    expect(resumed).toBe(1);
  });

  it('gives the data of an ack and rejects with its error', async () => {
    const { server, socket } = await startClient();
    await expect(socket.emitWithAck('join_chat', CHAT)).resolves.toEqual({ chat: aChat() });
    server.interfere = () => anError('busy', 3);
    await expect(socket.emitWithAck('join_chat', CHAT)).rejects.toMatchObject({
      code: 'busy',
      retryAfter: 3,
    });
  });

  it('rejects with timeout when no ack comes, and with network when the line breaks', async () => {
    const { server, socket } = await startClient();
    server.interfere = () => 'silence';
    const codes: string[] = [];
    const ask = () =>
      socket.emitWithAck('join_chat', CHAT).catch((error: { code: string }) => codes.push(error.code));

    void ask();
    await settle(ACK_TIMEOUT_MS);
    void ask();
    server.socket.close();
    await settle();
    void ask();
    await settle();

    expect(codes).toEqual(['timeout', 'network', 'network']);
  });

  it('ends with the application: no timer, no listener', async () => {
    const server = new FakeChatServer();
    await startClient(server);
    server.socket.close();
    TestBed.resetTestingModule();
    const { tries } = server.socket;
    window.dispatchEvent(new Event('online'));
    expect(jest.getTimerCount()).toBe(0);
    expect(server.socket.tries).toBe(tries);
  });
});
