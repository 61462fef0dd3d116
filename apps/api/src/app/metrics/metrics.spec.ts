import { apiPaths, type ChatDto, type SessionDto } from '@elite-chat/contracts';
import { io, type Socket } from 'socket.io-client';

import { createTestApp, type TestApp } from '../../../test/test-app';
import { MetricsServer } from './metrics-server';

describe('the metrics', () => {
  let test: TestApp;
  let socket: Socket | undefined;

  beforeAll(async () => {
    test = await createTestApp({ variables: { METRICS_PORT: '0' } });
  });

  afterEach(() => socket?.disconnect());
  afterAll(() => test.close());

  const gather = async (path = '/metrics') => {
    const address = test.app.get(MetricsServer).address;
    if (typeof address !== 'object' || address === null) throw new Error('The metrics have no port.');
    return fetch(`http://127.0.0.1:${address.port}${path}`);
  };
  const values = async (): Promise<Map<string, number>> =>
    new Map(
      (await (await gather()).text())
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => {
          const end = line.lastIndexOf(' ');
          return [line.slice(0, end), Number(line.slice(end + 1))];
        }),
    );
  const call = (path: string, token?: string, body?: object) =>
    fetch(`${test.url}/api/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });

  it('move with what happens', async () => {
    const before = await values();
    const since = async (name: string) => ((await values()).get(name) ?? 0) - (before.get(name) ?? 0);
    const account = { name: 'Cora', email: 'cora@example.com', password: 'correct-horse-battery' };
    const { token } = (await (await call(apiPaths.register, undefined, account)).json()) as SessionDto;
    const { id: chatId } = (await (await call(apiPaths.userChat, token)).json()) as ChatDto;
    const line = io(test.url, { auth: { token }, transports: ['websocket'], forceNew: true });
    socket = line;
    const say = (event: string, payload: object) => line.timeout(10_000).emitWithAck(event, payload);
    for (const message of ['one', 'two']) await say('send_message', { chatId, message });
    await say('send_message', { chatId, message: '' });
    await call(apiPaths.adminChats, token);

    expect(await since('elite_chat_entries_total{role="user"}')).toBe(2);
    expect(await since('elite_chat_commit_batch_entries_sum')).toBe(2);
    expect(await since('elite_chat_commit_seconds_count{outcome="stored"}')).toBeGreaterThan(0);
    expect(await since('elite_chat_rejections_total{door="socket",code="validation_failed"}')).toBe(1);
    expect(await since('elite_chat_rejections_total{door="rest",code="forbidden"}')).toBe(1);
    expect(await since('elite_chat_request_seconds_count{route="/api/chat/admin/chats",status="4xx"}')).toBe(
      1,
    );
    const now = await values();
    expect(now.get('elite_chat_connections')).toBe(1);
    expect(now.get('elite_chat_queued_acts')).toBe(0);
    for (const name of [
      'projection_chats_behind',
      'projection_lag_seconds',
      'slow_readers_total',
      'nodejs_eventloop_lag_seconds',
    ]) {
      expect(now.has(`elite_chat_${name}`)).toBe(true);
    }
  });

  it('are counted by routes of ours, never by what somebody asks for', async () => {
    await fetch(`${test.url}/api/chat/made-up-${Date.now()}`);
    await fetch(`${test.url}/made-up-${Date.now()}`);
    expect(await (await gather()).text()).not.toContain('made-up');
  });

  it('are not to be had where the product is, nor is anything else where they are', async () => {
    expect((await fetch(`${test.url}/metrics`)).headers.get('content-type') ?? '').not.toContain(
      'version=0.0.4',
    );
    expect((await fetch(`${test.url}/api/metrics`)).status).not.toBe(200);
    expect((await gather('/')).status).toBe(404);
  });
});
