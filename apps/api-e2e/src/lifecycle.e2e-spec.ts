import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { basename, dirname } from 'node:path';

import { apiPaths, type MessageDto, type MessagePageDto, type UserDto } from '@elite-chat/contracts';

import { ApiProcess, type Ending } from '@elite-chat/api-process';
import { DEMO_ADMIN, DEMO_CUSTOMER, People, type Person } from './support/people';
import { RestClient } from './support/rest-client';

/** What the tests of this file have started. */
const started: ApiProcess[] = [];

async function prepared(settings: Record<string, string> = {}): Promise<ApiProcess> {
  const api = await ApiProcess.prepare(settings);
  started.push(api);
  return api;
}

async function running(settings: Record<string, string> = {}): Promise<{ api: ApiProcess; people: People }> {
  const api = await prepared(settings);
  await api.start();
  return { api, people: new People(api) };
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((api) => api.dispose()));
});

async function wholeThread(person: Person, chatId: string): Promise<MessageDto[]> {
  const found: MessageDto[] = [];
  for (let after = 0, more = true; more;) {
    const { body } = await person.rest.get<MessagePageDto>(
      `${apiPaths.userMessages(chatId)}?after=${after}&limit=100`,
    );
    found.push(...body.messages);
    [after, more] = [body.seq, body.hasMore];
  }
  return found;
}

/** A stop that says why in one line, instead of showing its insides. */
function expectOneClearLine(api: ApiProcess, { code }: Ending, ...words: (string | RegExp)[]): void {
  expect(code).toBe(1);
  expect(api.output).not.toMatch(/^\s+at /m);
  const line = api.output.split('\n').find((each) => words.every((word) => each.search(word) >= 0));
  expect({ output: api.output, line }).toEqual({ output: api.output, line: expect.any(String) });
}

describe('a restart', () => {
  it('keeps every message, mark and token, and the epoch', async () => {
    const { api, people } = await running({ HOST_ADMINS: 'true' });
    const [customer, admin] = [await people.customer(), await people.admin()];
    const { id } = await customer.chat();
    for (const text of ['One', 'Two']) await customer.writes(id, text);
    await admin.writes(id, 'Three');
    await customer.rest.post(apiPaths.userRead(id), {});
    const [before, chatBefore] = [await wholeThread(customer, id), await customer.chat()];

    expect(await api.stop()).toMatchObject({ code: 0, signal: null });
    await api.start();

    expect(await wholeThread(customer, id)).toEqual(before);
    expect(await customer.chat()).toEqual(chatBefore);
    expect((await customer.writes(id, 'Four')).seq).toBe(chatBefore.lastSeq + 1);
  });

  it('keeps the ends of sessions', async () => {
    const { api, people } = await running();
    const here = await people.customer();
    const there = await people.signIn({ email: here.user.email, password: here.password });
    await here.rest.post(apiPaths.signOutEverywhere);
    await api.stop();
    await api.start();
    expect((await there.rest.get(apiPaths.me)).status).toBe(401);
    expect((await here.rest.get(apiPaths.me)).status).toBe(200);
  });

  it('keeps tokens where no secret was given: one is made and kept', async () => {
    const { api, people } = await running({ JWT_SECRET: '' });
    const customer = await people.customer();
    await api.stop();
    await api.start();
    expect((await customer.rest.get<UserDto>(apiPaths.me)).body).toEqual(customer.user);
  });
});

describe('a power cut', () => {
  it('loses no acknowledged message and leaves no gap, three times over', async () => {
    const { api, people } = await running();
    const customer = await people.customer();
    const chatId = (await customer.chat()).id;
    const acknowledged = new Map<string, MessageDto>();
    const sent: { message: string; clientMessageId: string }[] = [];

    for (let cut = 0; cut < 3; cut++) {
      const sockets = await Promise.all([customer.connect(), customer.connect(), customer.connect()]);
      const enough = acknowledged.size + 60;
      let isCut = false;
      const writers = sockets.map(async (socket) => {
        while (!isCut) {
          const payload = { message: `Message ${sent.length}`, clientMessageId: randomUUID() };
          sent.push(payload);
          const ack = await Promise.race([
            socket.say('send_message', { chatId, ...payload }),
            new Promise<null>((resolve) => socket.socket.once('disconnect', () => resolve(null))),
          ]);
          if (ack?.ok) acknowledged.set(ack.data.id, ack.data);
          if (acknowledged.size >= enough && !isCut) {
            isCut = true;
            await api.killHard();
          }
        }
      });
      await Promise.all(writers);
      customer.closeSockets();
      await api.start();
    }

    const stored = await wholeThread(customer, chatId);
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1));
    const byId = new Map(stored.map((message) => [message.id, message]));
    for (const message of acknowledged.values()) {
      expect(byId.get(message.id)).toMatchObject({ seq: message.seq, message: message.message });
    }
    // Whoever got no answer asks again with the same id, and it is stored once all the same.
    const socket = await customer.connect();
    for (const payload of sent) await socket.ask('send_message', { chatId, ...payload });
    const afterRetries = await wholeThread(customer, chatId);
    expect(afterRetries.map(({ clientMessageId }) => clientMessageId).sort()).toEqual(
      sent.map(({ clientMessageId }) => clientMessageId).sort(),
    );
    const chat = await customer.chat();
    expect([chat.lastSeq, chat.unreadCount.admin]).toEqual([afterRetries.length, afterRetries.length]);
    customer.closeSockets();
  });
});

describe('a stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s is clean and quick, with people connected',
    async (signal) => {
      const { api, people } = await running();
      const customer = await people.customer();
      const chatId = (await customer.chat()).id;
      const sockets = [await customer.connect(), await customer.connect({ transports: ['polling'] })];
      const sends = Array.from({ length: 50 }, (_, index) =>
        sockets[0]?.say('send_message', { chatId, message: String(index) }).catch(() => null),
      );
      await sends[0];

      const ending = await api.stop(signal);

      expect(ending).toMatchObject({ code: 0, signal: null });
      expect(ending.milliseconds).toBeLessThan(10_000);
      await Promise.all(sockets.map((socket) => socket.isDisconnected()));
      customer.closeSockets();
      const acks = await Promise.all(sends);
      await api.start();
      const stored = new Set((await wholeThread(customer, chatId)).map(({ id }) => id));
      for (const ack of acks) if (ack?.ok) expect(stored).toContain(ack.data.id);
    },
  );
});

describe('a start', () => {
  it('at a port in use stops with one clear line', async () => {
    const api = await prepared();
    const squatter = createServer().listen(api.port, '127.0.0.1');
    try {
      expectOneClearLine(api, await api.startInVain(), String(api.port), /in use/i);
    } finally {
      squatter.close();
    }
  });

  it('on a data directory in use stops with one clear line, and harms nothing', async () => {
    const { api, people } = await running();
    const customer = await people.customer();
    const second = await prepared({ DATA_DIR: api.dataDirectory });
    const directory = basename(dirname(api.dataDirectory));
    expectOneClearLine(second, await second.startInVain(), directory, /in use|another|already/i);
    expect((await customer.rest.get(apiPaths.me)).status).toBe(200);
    expect((await customer.writes((await customer.chat()).id, 'Unharmed')).seq).toBe(1);
  });

  it.each([
    ['JWT_SECRET', 'too-short'],
    ['PORT', 'many'],
    ['PORT', '70000'],
    ['FRONTEND_URL', 'not a url'],
    ['FRONTEND_URL', '*'],
    ['FRONTEND_URL', 'https://retouch.example/path'],
    ['HOST_ADMINS', 'maybe'],
    ['TRUST_PROXY', 'everybody'],
    ['MONGODB_URI', 'http://example.com'],
    ['LIMIT_REST_PER_MINUTE', '-1'],
    ['LIMIT_REST_PER_MINUTE', 'many'],
  ])('with %s=%s stops with one clear line that names it', async (name, value) => {
    const api = await prepared({ [name]: value });
    expectOneClearLine(api, await api.startInVain(), name);
    if (name === 'JWT_SECRET') expect(api.output).not.toContain(value);
  });

  it('with a database that does not answer stops with one clear line, without its password', async () => {
    const api = await prepared({
      MONGODB_URI: 'mongodb://me:hush-hush@127.0.0.1:9/chat?serverSelectionTimeoutMS=500',
    });
    expectOneClearLine(api, await api.startInVain(), /database|mongodb/i);
    expect(api.output).not.toContain('hush-hush');
  });
});

describe('in production', () => {
  it.each([
    ['no secret', ''],
    ['a placeholder', 'change-me-change-me-change-me-change-me'],
    ['another placeholder', 'your-secret-key-your-secret-key-your-secret'],
    ['one letter', 'a'.repeat(64)],
    ['a short secret', 'Zx81-q'],
  ])('a start with %s is refused', async (_name, secret) => {
    const api = await prepared({ NODE_ENV: 'production', JWT_SECRET: secret });
    expectOneClearLine(api, await api.startInVain(), 'JWT_SECRET');
  });

  it('there are no demo accounts, and those that were there end', async () => {
    const { api, people } = await running();
    const [customer, admin] = [await people.signIn(DEMO_CUSTOMER), await people.signIn(DEMO_ADMIN)];
    const own = await people.customer();
    await api.stop();
    const production = await prepared({ NODE_ENV: 'production', DATA_DIR: api.dataDirectory });
    await production.start();
    const there = new RestClient(production.url);
    for (const credentials of [DEMO_CUSTOMER, DEMO_ADMIN]) {
      const { status, body } = await there.post(apiPaths.login, credentials);
      expect([status, body.code]).toEqual([401, 'invalid_credentials']);
    }
    for (const { token } of [customer, admin]) {
      expect((await new RestClient(production.url, token).get(apiPaths.me)).status).toBe(401);
    }
    expect((await new RestClient(production.url, own.token).get(apiPaths.me)).status).toBe(200);
    expect(production.output).not.toContain(DEMO_ADMIN.password);
  });
});

describe('the log', () => {
  it('tells of requests by their id, and of no text, token or password', async () => {
    const { api, people } = await running({ HOST_ADMINS: 'true' });
    const [customer, admin] = [await people.customer(), await people.admin()];
    const text = `secret-text-${randomUUID()}`;
    const { id } = await customer.chat();
    await customer.writes(id, text);
    const socket = await customer.join(id);
    await socket.ask('send_message', { chatId: id, message: text });
    await socket.sayAnything('send_message', { chatId: id, message: [text] });
    await admin.writes(id, text);
    await customer.rest.post(apiPaths.userMessages(id), { message: [text], unknown: text });
    await customer.rest.postRaw(apiPaths.userMessages(id), `{"message":"${text}`);
    await customer.rest.post(apiPaths.password, { current: `wrong-${text}`, next: `next-${text}` });
    const { headers } = await customer.rest.get(apiPaths.me, { 'x-request-id': 'a-request-of-mine' });
    await people.nobody.post(apiPaths.login, { email: customer.user.email, password: text });
    await people.nobody.get(`${apiPaths.me}?token=${customer.token}`);
    await api.stop();

    expect(api.output).toContain(headers.get('x-request-id'));
    const signatures = [customer, admin].map(({ token }) => token.split('.')[2] ?? token);
    for (const secret of [text, customer.password, ...signatures]) expect(api.output).not.toContain(secret);
  });
});
