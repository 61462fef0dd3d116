import { randomUUID } from 'node:crypto';

import { apiPaths, type MessageDto, type MessagePageDto } from '@elite-chat/contracts';

import { type Person } from './support/people';
import { useStage } from './support/stage';

const stage = useStage();

let admin: Person;

beforeAll(async () => {
  admin = await stage.people.admin();
});

async function aCustomerWithChat(): Promise<{ customer: Person; chatId: string }> {
  const customer = await stage.people.customer();
  return { customer, chatId: (await customer.chat()).id };
}

async function thread(person: Person, chatId: string): Promise<MessageDto[]> {
  const { body } = await person.rest.get<MessagePageDto>(`${apiPaths.userMessages(chatId)}?limit=100`);
  return body.messages;
}

describe('a message', () => {
  it('comes back whole, over both doors, and stands in the history so', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const socket = await customer.connect();
    const clientMessageId = randomUUID();

    const said = await socket.ask('send_message', { chatId, message: 'By socket', clientMessageId });
    const posted = await customer.rest.post<MessageDto>(apiPaths.userMessages(chatId), {
      message: 'By HTTP',
    });

    expect(posted.status).toBe(201);
    expect(said).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      chat: chatId,
      seq: 1,
      sender: customer.user.id,
      senderName: customer.user.name,
      senderRole: 'user',
      message: 'By socket',
      messageType: 'text',
      clientMessageId,
      isRead: false,
      readAt: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    expect(posted.body).toMatchObject({
      seq: 2,
      message: 'By HTTP',
      clientMessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(await thread(customer, chatId)).toEqual([said, posted.body]);
  });

  it('is stored as written, in one form of Unicode', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    for (const [written, stored] of [
      ['<script>alert(1)</script> & "quotes"', '<script>alert(1)</script> & "quotes"'],
      ['{"$gt":""}', '{"$gt":""}'],
      ['e\u0301\u0000\uD83D', '\u00E9'],
      ['line\r\nbreak', 'line\nbreak'],
      ['  spaces around  ', '  spaces around  '],
      ['👨‍👩‍👧‍👦'.repeat(800), '👨‍👩‍👧‍👦'.repeat(800)],
      ['😀'.repeat(5_000), '😀'.repeat(5_000)],
    ] as const) {
      expect((await customer.writes(chatId, written)).message).toBe(stored);
    }
    expect((await thread(customer, chatId)).length).toBe(7);
  });

  it('needs no join', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    expect((await (await customer.connect()).say('send_message', { chatId, message: 'a' })).ok).toBe(true);
  });

  it('is found by an id in capitals', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const message = await customer.writes(chatId.toUpperCase(), 'Shouted');
    expect(message.chat).toBe(chatId);
    const socket = await customer.connect();
    await socket.ask('join_chat', { chatId: chatId.toUpperCase() });
    await customer.writes(chatId, 'Heard');
    await socket.hears('new_message', ({ message: text }) => text === 'Heard');
  });
});

describe('a retry', () => {
  it('fifty times at once, over both doors, is stored once', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const sockets = await Promise.all([customer.connect(), customer.connect()]);
    const payload = { message: 'Only once', clientMessageId: randomUUID() };

    const overHttp = Array.from({ length: 25 }, () =>
      customer.rest.post<MessageDto>(apiPaths.userMessages(chatId), payload),
    );
    const overSockets = Array.from({ length: 25 }, (_, index) =>
      (sockets[index % 2] ?? sockets[0]).ask('send_message', { chatId, ...payload }),
    );
    const answers = await Promise.all(overHttp);
    const stored = [...answers.map(({ body }) => body), ...(await Promise.all(overSockets))];

    expect(new Set(stored.map(({ id }) => id)).size).toBe(1);
    expect(new Set(stored.map(({ seq }) => seq))).toEqual(new Set([1]));
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    expect(answers.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(1);
    expect(await thread(customer, chatId)).toHaveLength(1);
    expect((await customer.chat()).unreadCount.admin).toBe(1);
  });

  it('is announced once', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const [reader, adminSocket] = [await customer.join(chatId), await admin.connect()];
    const clientMessageId = randomUUID();
    await customer.writes(chatId, 'Only once', clientMessageId);
    const again = await customer.rest.post(apiPaths.userMessages(chatId), {
      message: 'Only once',
      clientMessageId,
    });
    expect(again.status).toBe(200);
    await customer.writes(chatId, 'Next');
    await reader.hears('new_message', ({ seq }) => seq === 2);
    await adminSocket.hears(
      'new_chat_message',
      ({ message }) => message.chat === chatId && message.seq === 2,
    );
    expect(reader.all('new_message').map(({ seq }) => seq)).toEqual([1, 2]);
    const heardByAdmin = adminSocket.all('new_chat_message').filter(({ chat }) => chat.id === chatId);
    expect(heardByAdmin.map(({ message }) => message.seq)).toEqual([1, 2]);
  });

  it('with the id in capitals is the same', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const clientMessageId = '3f0d9a2e-6a55-4c1b-9f1e-0b8f4f0b7d11';
    const first = await customer.writes(chatId, 'a', clientMessageId);
    const again = await customer.rest.post<MessageDto>(apiPaths.userMessages(chatId), {
      message: 'a',
      clientMessageId: clientMessageId.toUpperCase(),
    });
    expect([again.status, again.body.id]).toEqual([200, first.id]);
  });

  it('whose text differs only in its form of Unicode is the same', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const clientMessageId = randomUUID();
    const first = await customer.writes(chatId, '\u00E9', clientMessageId);
    const again = await customer.rest.post<MessageDto>(apiPaths.userMessages(chatId), {
      message: 'e\u0301',
      clientMessageId,
    });
    expect([again.status, again.body.id]).toEqual([200, first.id]);
  });

  it('with other content is id_reused, at both doors, and changes nothing', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const clientMessageId = randomUUID();
    await customer.writes(chatId, 'First', clientMessageId);
    const answer = await customer.rest.post(apiPaths.userMessages(chatId), {
      message: 'Other',
      clientMessageId,
    });
    expect([answer.status, answer.body.code]).toEqual([409, 'id_reused']);
    const socket = await customer.connect();
    expect(await socket.say('send_message', { chatId, message: 'Other', clientMessageId })).toMatchObject({
      ok: false,
      error: { code: 'id_reused' },
    });
    expect((await thread(customer, chatId)).map(({ message }) => message)).toEqual(['First']);
  });

  it('of another sender with the same id is a message of its own', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const clientMessageId = randomUUID();
    const mine = await customer.writes(chatId, 'Mine', clientMessageId);
    const theirs = await admin.writes(chatId, 'Theirs', clientMessageId);
    expect(theirs.id).not.toBe(mine.id);
    expect(theirs.message).toBe('Theirs');
  });
});

describe('many at once', () => {
  it('fifty parallel sends of three people over both doors leave no gap', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const [socket, adminSocket] = [await customer.connect(), await admin.connect()];
    const sends = Array.from({ length: 50 }, (_, index) => {
      const message = `Message ${index}`;
      if (index % 3 === 0) return customer.writes(chatId, message);
      if (index % 3 === 1) return socket.ask('send_message', { chatId, message });
      return adminSocket.ask('send_message', { chatId, message });
    });
    const stored = await Promise.all(sends);
    const all = await thread(customer, chatId);

    const people = all.filter(({ senderRole }) => senderRole !== 'system');
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
    expect(people.map(({ id }) => id).sort()).toEqual(stored.map(({ id }) => id).sort());
    expect(people).toHaveLength(50);
    const times = all.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort());
  });

  it('one socket’s messages keep their order, without waiting for acks', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const socket = await customer.connect();
    const other = await customer.connect();
    const sends = Array.from({ length: 100 }, (_, index) =>
      (index % 2 ? socket : other).ask('send_message', { chatId, message: String(index) }),
    );
    await Promise.all(sends);
    const texts = (await thread(customer, chatId)).map(({ message }) => Number(message));
    expect(texts.filter((text) => text % 2 === 1)).toEqual(
      Array.from({ length: 50 }, (_, index) => index * 2 + 1),
    );
    expect(texts.filter((text) => text % 2 === 0)).toEqual(
      Array.from({ length: 50 }, (_, index) => index * 2),
    );
  });

  it('a bad one in the middle of a socket’s row holds up none of the others', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const socket = await customer.connect();
    const acks = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        socket.say('send_message', { chatId, message: index === 10 ? '   ' : String(index) }),
      ),
    );
    expect(acks.map(({ ok }) => ok)).toEqual(Array.from({ length: 20 }, (_, index) => index !== 10));
    expect((await thread(customer, chatId)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 19 }, (_, index) => index + 1),
    );
  });

  it('listeners hear every number once and in order', async () => {
    const { customer, chatId } = await aCustomerWithChat();
    const reader = await customer.join(chatId);
    const sender = await customer.connect();
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        sender.ask('send_message', { chatId, message: String(index) }),
      ),
    );
    await reader.hears('new_message', ({ seq }) => seq === 60);
    expect(reader.all('new_message').map(({ seq }) => seq)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
  });
});
