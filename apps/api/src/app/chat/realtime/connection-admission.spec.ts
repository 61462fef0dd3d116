import { setTimeout as pause } from 'node:timers/promises';

import { SOCKET_PATH } from '@elite-chat/contracts';
import { io } from 'socket.io-client';

import { createTestApp, type TestApp } from '../../../../test/test-app';
import { MetricsServer } from '../../metrics/metrics-server';

/** Connections that an address may begin: four for each handshake. */
const CONNECTIONS = 8;

describe('connections without a handshake', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({
      variables: { LIMIT_HANDSHAKES_PER_MINUTE: '2', METRICS_PORT: '0', TRUST_PROXY: 'loopback' },
    });
  });
  afterAll(() => test.close());

  /** What a connection by HTTP is answered that says nothing of who it is. */
  const begin = async (address: string) => {
    const answer = await fetch(`${test.url}${SOCKET_PATH}/?EIO=4&transport=polling`, {
      headers: { 'x-forwarded-for': address },
    });
    return { status: answer.status, text: await answer.text() };
  };

  const metric = async (name: string): Promise<number> => {
    const address = test.app.get(MetricsServer).address;
    if (typeof address !== 'object' || address === null) throw new Error('The metrics have no port.');
    const text = await (await fetch(`http://127.0.0.1:${address.port}/metrics`)).text();
    const line = text.split('\n').find((one) => one.startsWith(`${name} `));
    return Number(line?.slice(name.length));
  };

  it('are seen by operators, and ended before long', async () => {
    const line = new WebSocket(`${test.url.replace('http', 'ws')}${SOCKET_PATH}/?EIO=4&transport=websocket`);
    const ended = new Promise((resolve) => line.addEventListener('close', resolve));
    await new Promise((resolve) => line.addEventListener('open', resolve));
    while ((await metric('elite_chat_connections_not_signed_in')) !== 1) await pause(20);
    await ended;
  });

  it('are refused beyond their limit by address, others go on', async () => {
    for (let count = 0; count < CONNECTIONS; count++) expect((await begin('10.0.0.1')).status).toBe(200);
    const refused = await begin('10.0.0.1');
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.text)).toMatchObject({ message: 'rate_limited' });
    expect((await begin('10.0.0.2')).status).toBe(200);
    expect(await metric('elite_chat_rejections_total{door="connection",code="rate_limited"}')).toBe(1);
  });

  it('leave handshakes beyond their own limit an answer that says why', async () => {
    const answers: string[] = [];
    for (let count = 0; count < 4; count++) {
      const socket = io(test.url, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        extraHeaders: { 'x-forwarded-for': '10.0.0.3' },
      });
      answers.push(
        await new Promise((resolve) => socket.on('connect_error', (error) => resolve(error.message))),
      );
      socket.disconnect();
    }
    expect(answers).toEqual(['unauthorized', 'unauthorized', 'rate_limited', 'rate_limited']);
  });
});
