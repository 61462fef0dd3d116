import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';

import { type Ack, apiPaths, PAYLOAD_BYTES_MAX, SOCKET_PATH } from '@elite-chat/contracts';

import { type ChatSocket } from './support/chat-socket';
import { eventually } from './support/eventually';
import { type Person } from './support/people';
import { useStage } from './support/stage';

const stage = useStage();

let customer: Person;
let chatId: string;
/** Somebody else, who must notice nothing. */
let bystander: ChatSocket;
let bystanderChatId: string;

beforeAll(async () => {
  customer = await stage.people.customer();
  chatId = (await customer.chat()).id;
  const other = await stage.people.customer();
  bystanderChatId = (await other.chat()).id;
  bystander = await other.join(bystanderChatId);
});

afterEach(async () => {
  // Whatever a test did: the server serves, and the bystander's connection never broke.
  expect(bystander.socket.connected).toBe(true);
  const message = await bystander.ask('send_message', { chatId: bystanderChatId, message: 'Still here' });
  await bystander.hears('new_message', ({ id }) => id === message.id);
  expect((await stage.people.nobody.get(apiPaths.healthReady)).status).toBe(200);
});

const code = (ack: Ack<unknown>) => (ack.ok ? 'ok' : ack.error.code);

describe('a payload over 64 KB', () => {
  it('is refused over a socket, which alone suffers', async () => {
    const [socket, sibling] = [await customer.connect(), await customer.connect()];
    socket.socket.emit('send_message', { chatId, message: 'a'.repeat(PAYLOAD_BYTES_MAX + 1) });
    await socket.isDisconnected();
    expect((await sibling.say('send_message', { chatId, message: 'Fine' })).ok).toBe(true);
  });

  it('is refused over polling', async () => {
    const socket = await customer.connect({ transports: ['polling'] });
    socket.socket.emit('send_message', { chatId, message: 'a'.repeat(PAYLOAD_BYTES_MAX + 1) });
    await socket.isDisconnected();
  });

  it('is refused over HTTP', async () => {
    const { status, body } = await customer.rest.post(apiPaths.userMessages(chatId), {
      message: 'a'.repeat(PAYLOAD_BYTES_MAX),
    });
    expect([status, body.code]).toEqual([413, 'payload_too_large']);
  });

  it('is refused over HTTP where its length is not told beforehand', async () => {
    const call = request(`${stage.api.url}/api/${apiPaths.userMessages(chatId)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${customer.token}`, 'content-type': 'application/json' },
    });
    // The server may hang up before it has read everything.
    call.on('error', () => undefined);
    const answered = once(call, 'response');
    for (let chunk = 0; chunk < 40; chunk++) call.write('a'.repeat(4_096));
    const [response] = (await answered) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
    expect(await json(response)).toMatchObject({ code: 'payload_too_large' });
    call.destroy();
  });

  it('is not one of just below', async () => {
    const socket = await customer.connect();
    const ack = await socket.sayAnything('send_message', {
      chatId,
      message: 'a'.repeat(PAYLOAD_BYTES_MAX - 200),
    });
    expect(code(ack)).toBe('validation_failed');
    expect(socket.socket.connected).toBe(true);
  });
});

describe('an unknown event', () => {
  it.each([
    'no_such_event',
    'new_message',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    '',
    'JOIN_CHAT',
    'a'.repeat(1_000),
  ])('%j is answered unknown_event', async (event) => {
    const socket = await customer.connect();
    const ack = await socket.sayAnything(event, { chatId });
    expect(code(ack)).toBe('unknown_event');
    expect(ack).toEqual({ ok: false, error: expect.objectContaining({ message: expect.any(String) }) });
    expect(socket.socket.connected).toBe(true);
  });

  it('without an ack function does nothing', async () => {
    const socket = await customer.connect();
    socket.socket.emit('no_such_event', { chatId });
    expect((await socket.say('leave_chat', { chatId })).ok).toBe(true);
  });
});

describe('an event in an odd shape', () => {
  it('without an ack function is done', async () => {
    const reader = await customer.join(chatId);
    const clientMessageId = randomUUID();
    reader.socket.emit('send_message', { chatId, message: 'No ack wanted', clientMessageId });
    await reader.hears('new_message', (message) => message.clientMessageId === clientMessageId);
  });

  it('that is bad and without an ack function does nothing', async () => {
    const socket = await customer.connect();
    for (const event of [
      'join_chat',
      'leave_chat',
      'send_message',
      'typing',
      'mark_read',
      'get_messages',
      'assign_chat',
      'unassign_chat',
      'close_chat',
      'reopen_chat',
    ]) {
      socket.socket.emit(event);
      socket.socket.emit(event, null);
      socket.socket.emit(event, { chatId: { $gt: '' } });
    }
    expect((await socket.say('leave_chat', { chatId })).ok).toBe(true);
  });

  it('with nothing but an ack function is validation_failed', async () => {
    const socket = await customer.connect();
    for (const event of ['join_chat', 'leave_chat', 'send_message', 'typing', 'mark_read', 'get_messages']) {
      expect([event, code(await socket.sayAnything(event))]).toEqual([event, 'validation_failed']);
    }
  });

  it('with ten arguments is answered', async () => {
    const socket = await customer.connect();
    const rest = Array.from({ length: 9 }, (_, index) => ({ index }));
    const ack = await socket.sayAnything('send_message', { chatId, message: 'Ten' }, ...rest);
    expect(['ok', 'validation_failed']).toContain(code(ack));
    expect(code(await socket.sayAnything('no_such_event', ...rest, {}))).toBe('unknown_event');
  });

  it('with binary data is validation_failed', async () => {
    const socket = await customer.connect();
    expect(code(await socket.sayAnything('send_message', Buffer.from('a')))).toBe('validation_failed');
    expect(code(await socket.sayAnything('send_message', { chatId, message: Buffer.from('a') }))).toBe(
      'validation_failed',
    );
    expect(code(await socket.sayAnything('join_chat', { chatId: Buffer.alloc(12) }))).toBe(
      'validation_failed',
    );
  });

  it('with a function inside the payload does not hang', async () => {
    const socket = await customer.connect();
    expect(code(await socket.sayAnything('typing', { chatId, isTyping: () => true }))).toBe(
      'validation_failed',
    );
  });

  it('with an ack for nothing is passed over', async () => {
    const socket = await customer.connect();
    socket.socket.io.engine.write('3999["late"]');
    expect((await socket.say('leave_chat', { chatId })).ok).toBe(true);
  });

  it('with a deep payload is answered', async () => {
    const socket = await customer.connect();
    let deep: unknown = 'a';
    for (let level = 0; level < 1_000; level++) deep = [deep];
    expect(code(await socket.sayAnything('send_message', { chatId, message: deep }))).toBe(
      'validation_failed',
    );
    // Deeper than this side could write by itself.
    const brackets = '['.repeat(30_000) + ']'.repeat(30_000);
    socket.socket.io.engine.write(`2["send_message",{"chatId":"${chatId}","message":${brackets}}]`);
    expect((await socket.say('leave_chat', { chatId })).ok).toBe(true);
  });

  it('of every kind gets exactly one answer', async () => {
    const socket = await customer.connect();
    const payloads = [undefined, null, 0, '', [], {}, { chatId }, { chatId, isTyping: true, message: 'a' }];
    for (const event of [
      'join_chat',
      'leave_chat',
      'send_message',
      'typing',
      'mark_read',
      'get_messages',
      'assign_chat',
      'unassign_chat',
      'close_chat',
      'reopen_chat',
    ]) {
      for (const payload of payloads) {
        let answers = 0;
        socket.socket.emit(event, payload, () => answers++);
        await eventually(() => answers > 0, Boolean, `an answer to ${event} ${JSON.stringify(payload)}`);
        await socket.isUpToDate();
        expect(answers).toBe(1);
      }
    }
  });
});

describe('garbage on the wire', () => {
  const socketUrl = () => `${stage.api.url.replace('http', 'ws')}${SOCKET_PATH}/?EIO=4&transport=websocket`;

  function rawSocket(): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(socketUrl());
      socket.addEventListener('message', () => resolve(socket), { once: true });
      socket.addEventListener('error', () => reject(new Error('No connection.')), { once: true });
    });
  }

  it.each([
    'garbage',
    '',
    '4',
    '42',
    '42[',
    '42{"a":1}',
    '42["disconnect"]',
    '42["__proto__",{}]',
    '40{"token":',
    '40{"token":{"$gt":""}}',
    '40/admin,{}',
    '41',
    '451-["send_message",{"_placeholder":true,"num":9}]',
    '45999999999-["a"]',
    '44{"message":"x"}',
    '2probe',
    '6',
    '9',
    '4'.repeat(10_000),
    `42["send_message",${'['.repeat(20_000)}`,
  ])('does no harm: %#', async (frame) => {
    const socket = await rawSocket();
    socket.send(frame);
    socket.send(new Uint8Array([0, 255, 128, 4]));
    socket.close();
  });

  it('does no harm after signing in', async () => {
    for (const frame of [
      '2',
      '2["disconnect"]',
      '2[]',
      '2[{"a":1}]',
      '2[null]',
      '21',
      '299999999999999999999["typing"]',
      '51-["typing"]',
    ]) {
      const socket = await customer.connect();
      socket.socket.io.engine.write(frame);
      socket.socket.io.engine.write(new Uint8Array([1, 2, 3]));
    }
  });

  it('does no harm over plain HTTP at the same path', async () => {
    for (const path of [
      '',
      '/',
      '/?EIO=4',
      '/?EIO=3&transport=polling',
      '/?EIO=4&transport=polling&sid=nonsense',
      '/socket.io.js',
    ]) {
      const { status } = await fetch(`${stage.api.url}${SOCKET_PATH}${path}`);
      expect([path, status < 500]).toEqual([path, true]);
    }
  });
});
