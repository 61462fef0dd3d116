import { TestBed } from '@angular/core/testing';
import {
  ACK_TIMEOUT_MS,
  type ErrorBody,
  MESSAGE_BYTES_MAX,
  MESSAGE_CHARACTERS_MAX,
} from '@elite-chat/contracts';
import { aChat, anAdmin, anAnswer } from '@elite-chat/testing';

import { anError, type FakeChatServer } from '../../../test/fake-chat-server';
import { endClient, settle, startClient } from '../../../test/start-client';
import { MemoryOutboxStorage } from './memory-outbox-storage';
import { Outbox } from './outbox';

const CHAT = aChat().id;

describe('Outbox', () => {
  afterEach(endClient);

  const start = async () => {
    const client = await startClient();
    const outbox = TestBed.inject(Outbox);
    return { ...client, outbox, unsent: outbox.of(CHAT) };
  };
  const sends = (server: FakeChatServer) =>
    server.received.filter(({ name }) => name === 'send_message').map(({ payload }) => payload);
  const texts = (server: FakeChatServer) => server.log.map(({ message }) => message);

  it.each([
    ['x'.repeat(MESSAGE_CHARACTERS_MAX + 1), 'payload_too_large'],
    ['x'.repeat(MESSAGE_BYTES_MAX + 1), 'payload_too_large'],
    [' \n', 'validation_failed'],
  ])('refuses what no server would take, before it is kept', async (text, code) => {
    const { server, outbox, unsent } = await start();
    const refusal = outbox.send(CHAT, text);
    expect(unsent()).toEqual([]);
    await expect(refusal).rejects.toMatchObject({ code, details: [{ field: 'message' }] });
    await settle();
    expect([unsent(), sends(server)]).toEqual([[], []]);
  });

  it('sends in the order of writing, one at a time', async () => {
    const { server, outbox } = await start();
    let inFlight = 0;
    let most = 0;
    const answer = server.answer.bind(server);
    server.answer = async (event, payload) => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 50 - 10 * server.log.length));
      inFlight--;
      return answer(event, payload);
    };
    for (const text of ['one', 'two', 'three']) void outbox.send(CHAT, text);
    await settle(1_000);

    expect(texts(server)).toEqual(['one', 'two', 'three']);
    expect(most).toBe(1);
  });

  it('shows a copy at once, and takes it away when it is stored', async () => {
    const { server, outbox, unsent } = await start();
    const stored: string[] = [];
    outbox.stored$.subscribe(({ message }) => stored.push(message));
    void outbox.send(CHAT, 'Hello');
    expect(unsent()).toMatchObject([{ status: 'sending', message: { message: 'Hello', chat: CHAT } }]);
    await settle();
    expect(unsent()).toEqual([]);
    expect(stored).toEqual(['Hello']);
    expect(server.log).toHaveLength(1);
  });

  it('keeps what is written offline and sends it at the next connection', async () => {
    const { server, socket, outbox, unsent } = await start();
    server.socket.close();
    void outbox.send(CHAT, 'one');
    void outbox.send(CHAT, 'two');
    await settle();
    expect(sends(server)).toEqual([]);
    const ids = unsent().map(({ message }) => message.clientMessageId);

    socket.retryNow();
    await settle();
    expect(server.log.map(({ clientMessageId }) => clientMessageId)).toEqual(ids);
    expect(texts(server)).toEqual(['one', 'two']);
  });

  it('tries again with the same id when the answer is lost, and it is stored once', async () => {
    const { server, outbox, unsent } = await start();
    server.announcesOwn = false;
    server.interfere = () => (server.count('send_message') === 1 ? 'lost answer' : undefined);
    void outbox.send(CHAT, 'Hello');
    await settle(ACK_TIMEOUT_MS);
    expect(unsent()).toMatchObject([{ status: 'sending' }]);
    await settle(1_000);

    const [first, second] = sends(server);
    expect(second).toEqual(first);
    expect(server.log).toHaveLength(1);
    expect(unsent()).toEqual([]);
  });

  it('tries again with the same id when the line broke before the answer', async () => {
    const { server, socket, outbox, unsent } = await start();
    server.announcesOwn = false;
    server.interfere = () => 'lost answer';
    void outbox.send(CHAT, 'Hello');
    await settle();
    server.socket.close();
    server.interfere = () => undefined;
    socket.retryNow();
    await settle();

    expect(sends(server)).toHaveLength(2);
    expect(server.log).toHaveLength(1);
    expect(unsent()).toEqual([]);
  });

  it('takes its own broadcast for the answer', async () => {
    const { server, outbox, unsent } = await start();
    server.interfere = () => 'lost answer';
    void outbox.send(CHAT, 'Hello');
    await settle();
    expect(unsent()).toEqual([]);
    await settle(60_000);
    expect(sends(server)).toHaveLength(1);
  });

  it('takes any ack for its answer, once', async () => {
    const { server, outbox, unsent } = await start();
    server.announcesOwn = false;
    server.user = anAdmin();
    void outbox.send(CHAT, 'Hello');
    await settle(60_000);
    expect(sends(server)).toHaveLength(1);
    expect(unsent()).toEqual([]);
  });

  it('waits as long as the server asks', async () => {
    const { server, outbox, unsent } = await start();
    server.interfere = () => (server.count('send_message') === 1 ? anError('rate_limited', 20) : undefined);
    void outbox.send(CHAT, 'Hello');
    await settle(20_000);
    expect(sends(server)).toHaveLength(1);
    expect(unsent()).toHaveLength(1);
    await settle(1_000);
    expect(server.log).toHaveLength(1);
  });

  it('marks what is refused as failed with the reason, and goes on with the next', async () => {
    const { server, outbox, unsent } = await start();
    server.interfere = (_name, { message }) => (message === 'bad' ? anError('validation_failed') : undefined);
    void outbox.send(CHAT, 'bad');
    void outbox.send(CHAT, 'good');
    await settle();
    expect(unsent()).toMatchObject([{ status: 'failed', error: { code: 'validation_failed' } }]);
    expect(texts(server)).toEqual(['good']);
  });

  it.each([['silence' as const], [anError('busy')], [anError('unavailable')], [anError('rate_limited')]])(
    'waits for as long as it takes, always with the same id, while the answer is %j',
    async (answer) => {
      const { server, outbox, unsent } = await start();
      server.interfere = () => answer;
      void outbox.send(CHAT, 'Hello');
      await settle(20 * (ACK_TIMEOUT_MS + 30_000));
      expect(unsent()).toMatchObject([{ status: 'sending' }]);
      expect(sends(server).length).toBeGreaterThan(10);
      server.interfere = () => undefined;
      await settle(ACK_TIMEOUT_MS + 30_000);
      expect(new Set(sends(server).map(({ clientMessageId }) => clientMessageId)).size).toBe(1);
      expect(texts(server)).toEqual(['Hello']);
    },
  );

  it('gives up after five faults of the server, and a person may try again with the same id', async () => {
    const { server, outbox, unsent } = await start();
    server.interfere = () => anError('internal_error');
    void outbox.send(CHAT, 'Hello');
    await settle(5 * 16_000);
    expect(unsent()).toMatchObject([{ status: 'failed', error: { code: 'internal_error' } }]);
    expect(sends(server)).toHaveLength(5);

    server.interfere = () => undefined;
    void outbox.retry(CHAT, unsent()[0]?.message.clientMessageId ?? '');
    await settle();
    expect(new Set(sends(server).map(({ clientMessageId }) => clientMessageId)).size).toBe(1);
    expect(texts(server)).toEqual(['Hello']);
  });

  it('is kept at every moment while it is tried again', async () => {
    const { server, outbox, unsent } = await start();
    server.interfere = () => anError('chat_closed');
    void outbox.send(CHAT, 'Hello');
    await settle();
    // What a crash would leave after each removal.
    const left: number[] = [];
    const { remove } = MemoryOutboxStorage.prototype;
    jest.spyOn(MemoryOutboxStorage.prototype, 'remove').mockImplementation(async function (
      this: MemoryOutboxStorage,
      id,
    ) {
      await remove.call(this, id);
      left.push((await this.all()).length);
    });
    server.interfere = () => 'silence';
    void outbox.retry(CHAT, unsent()[0]?.message.clientMessageId ?? '');
    await settle();
    expect(unsent()).toMatchObject([{ status: 'sending' }]);
    expect(left).not.toContain(0);
    jest.restoreAllMocks();
  });

  it('takes a new id to try again where the old one belongs to another text', async () => {
    const { server, outbox, unsent } = await start();
    server.interfere = () => anError('id_reused');
    void outbox.send(CHAT, 'Hello');
    await settle();
    server.interfere = () => undefined;
    void outbox.retry(CHAT, unsent()[0]?.message.clientMessageId ?? '');
    await settle();
    expect(new Set(sends(server).map(({ clientMessageId }) => clientMessageId)).size).toBe(2);
    expect(texts(server)).toEqual(['Hello']);
  });

  describe('of an admin’s replies', () => {
    const stale = (): ErrorBody => ({ ...anError('stale_reply'), messages: [anAnswer({ seq: 4 })] });

    it('says what each is based on, at every try', async () => {
      const { server, outbox } = await start();
      server.announcesOwn = false;
      server.interfere = () => (server.count('send_message') === 1 ? 'lost answer' : undefined);
      void outbox.send(CHAT, 'Hello', 3);
      void outbox.send(CHAT, 'Whatever');
      await settle(ACK_TIMEOUT_MS + 1_000);
      expect(sends(server).map(({ basedOnSeq }) => basedOnSeq)).toEqual([3, 3, undefined]);
      expect(sends(server)[2]).not.toHaveProperty('basedOnSeq');
    });

    it('keeps one that was overtaken, with what was written meanwhile, and goes on with the next', async () => {
      const { server, outbox, unsent } = await start();
      server.interfere = (_name, { message }) => (message === 'late' ? stale() : undefined);
      void outbox.send(CHAT, 'late', 3);
      void outbox.send(CHAT, 'next', 4);
      await settle();
      expect(unsent()).toMatchObject([
        {
          status: 'failed',
          message: { message: 'late' },
          error: { code: 'stale_reply', messages: [{ seq: 4 }] },
        },
      ]);
      expect(texts(server)).toEqual(['next']);
    });

    it('sends it all the same when asked, under its id, and whatever was answered', async () => {
      const { server, outbox, unsent } = await start();
      server.interfere = (_name, { basedOnSeq }) => (basedOnSeq === undefined ? undefined : stale());
      void outbox.send(CHAT, 'late', 3);
      await settle();
      const id = unsent()[0]?.message.clientMessageId ?? '';
      void outbox.retry(CHAT, id);
      await settle();
      expect(server.log).toMatchObject([{ message: 'late', clientMessageId: id }]);
      expect(unsent()).toEqual([]);
    });

    it('stays with what it is based on where it failed for another reason', async () => {
      const { server, outbox, unsent } = await start();
      server.interfere = () => anError('chat_closed');
      void outbox.send(CHAT, 'Hello', 3);
      await settle();
      server.interfere = () => undefined;
      void outbox.retry(CHAT, unsent()[0]?.message.clientMessageId ?? '');
      await settle();
      expect(sends(server).map(({ basedOnSeq }) => basedOnSeq)).toEqual([3, 3]);
    });
  });

  it('discards what has failed, but nothing that is on its way', async () => {
    const { server, outbox, unsent } = await start();
    server.interfere = (_name, { message }) => (message === 'bad' ? anError('chat_closed') : 'silence');
    void outbox.send(CHAT, 'bad');
    void outbox.send(CHAT, 'good');
    await settle();
    for (const { message } of unsent()) void outbox.discard(CHAT, message.clientMessageId);
    expect(unsent().map(({ message }) => message.message)).toEqual(['good']);
  });

  it('keeps all when the session ends, and sends it when the same person is back', async () => {
    const { server, session, outbox, unsent } = await start();
    server.token = 'token-2';
    server.interfere = (name) => (name === 'send_message' ? anError('unauthorized') : undefined);
    void outbox.send(CHAT, 'Hello');
    await settle();
    expect(session.hasEnded()).toBe(true);
    expect(unsent()).toMatchObject([{ status: 'sending' }]);

    server.interfere = () => undefined;
    await session.signIn({ email: 'cora@example.com', password: 'customer-demo-1' });
    await settle();
    expect(texts(server)).toEqual(['Hello']);
  });

  it("never sends what one person wrote in another's name", async () => {
    const { server, session, outbox, unsent } = await start();
    server.socket.close();
    void outbox.send(CHAT, 'Hello');
    server.user = anAdmin();
    server.token = 'token-2';
    await session.signIn({ email: 'ada@example.com', password: 'admin-demo-1' });
    await settle(60_000);
    expect(unsent()).toEqual([]);
    expect(sends(server)).toEqual([]);
  });
});
