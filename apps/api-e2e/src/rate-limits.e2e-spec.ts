import { randomUUID } from 'node:crypto';

import { apiPaths } from '@elite-chat/contracts';

import { type Answer } from './support/rest-client';
import { useStage } from './support/stage';

function expectToTellWhen({ status, headers, body }: Answer<unknown>): void {
  expect(status).toBe(429);
  expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(body).toMatchObject({ code: 'rate_limited', retryAfter: Number(headers.get('retry-after')) });
}

describe('calls', () => {
  const stage = useStage({ HOST_ADMINS: 'true', LIMIT_REST_PER_MINUTE: '20' });

  it('beyond the limit are told when to come again, and others go on', async () => {
    const [customer, other] = [await stage.people.customer(), await stage.people.customer()];
    const answers = await Promise.all(Array.from({ length: 30 }, () => customer.rest.get(apiPaths.me)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(20);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    refused.forEach(expectToTellWhen);
    expect((await other.rest.get(apiPaths.me)).status).toBe(200);
  });

  it('of the health checks have no limit', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => stage.people.nobody.get(apiPaths.healthLive)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('of nobody in particular are limited by address', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => stage.people.nobody.get(apiPaths.me)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    refused.forEach(expectToTellWhen);
  });

  it('can not pretend to come from another address', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        stage.people.nobody.get(apiPaths.me, {
          'x-forwarded-for': `10.0.0.${index}`,
          forwarded: `for=10.0.0.${index}`,
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });
});

describe('signing in', () => {
  const stage = useStage({ LIMIT_LOGIN_PER_MINUTE: '5' });

  it('is limited by address', async () => {
    const answers: Answer<unknown>[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      answers.push(
        await stage.people.nobody.post(apiPaths.login, {
          email: `${randomUUID()}@example.com`,
          password: 'not-the-password',
        }),
      );
    }
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    answers.slice(5).forEach(expectToTellWhen);
  });
});

describe('registering', () => {
  const stage = useStage({ LIMIT_REGISTER_PER_HOUR: '3' });

  it('is limited by address', async () => {
    for (let index = 0; index < 3; index++) await stage.people.customer();
    expectToTellWhen(
      await stage.people.nobody.post(apiPaths.register, {
        name: 'One More',
        email: `${randomUUID()}@example.com`,
        password: 'correct-horse',
      }),
    );
  });
});

describe('messages over sockets', () => {
  const stage = useStage({ LIMIT_MESSAGES_PER_TEN_SECONDS: '10' });

  it('beyond the limit are refused in their ack, over all of a person’s sockets, and others go on', async () => {
    const [customer, other] = [await stage.people.customer(), await stage.people.customer()];
    const chatId = (await customer.chat()).id;
    const sockets = [await customer.connect(), await customer.connect()] as const;
    const acks = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        sockets[index % 2 ? 1 : 0].say('send_message', { chatId, message: String(index) }),
      ),
    );
    const refused = acks.filter(({ ok }) => !ok);
    expect(refused).toHaveLength(6);
    for (const ack of refused) {
      expect(ack).toMatchObject({ error: { code: 'rate_limited', retryAfter: expect.any(Number) } });
    }
    expect(sockets.every(({ socket }) => socket.connected)).toBe(true);
    expect((await customer.chat()).lastSeq).toBe(10);
    const theirs = await other.connect();
    expect((await theirs.say('send_message', { chatId: (await other.chat()).id, message: 'a' })).ok).toBe(
      true,
    );
  });
});

describe('socket events', () => {
  const stage = useStage({ LIMIT_SOCKET_EVENTS_PER_TEN_SECONDS: '20' });

  it('beyond the limit are refused in their ack, bad and unknown ones counted', async () => {
    const customer = await stage.people.customer();
    const chatId = (await customer.chat()).id;
    const socket = await customer.connect();
    for (let index = 0; index < 20; index++) await socket.sayAnything('no_such_event', {});
    expect(await socket.say('join_chat', { chatId })).toMatchObject({
      ok: false,
      error: { code: 'rate_limited', retryAfter: expect.any(Number) },
    });
    expect(socket.socket.connected).toBe(true);
  });
});

describe('handshakes', () => {
  const stage = useStage({ LIMIT_HANDSHAKES_PER_MINUTE: '5' });

  it('are limited by address', async () => {
    const customer = await stage.people.customer();
    for (let index = 0; index < 5; index++) await customer.connect();
    await expect(customer.connect()).rejects.toMatchObject({
      data: { code: 'rate_limited', retryAfter: expect.any(Number) },
    });
    expect((await customer.rest.get(apiPaths.me)).status).toBe(200);
  });
});
