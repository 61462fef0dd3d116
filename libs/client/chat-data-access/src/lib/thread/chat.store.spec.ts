import { TestBed } from '@angular/core/testing';
import { PAGE_LIMIT_DEFAULT } from '@elite-chat/contracts';
import {
  aChat,
  aMessage,
  anAdmin,
  anAnswer,
  aReadReceipt,
  aUser,
  messagesBetween,
} from '@elite-chat/testing';
import { from, map, switchMap } from 'rxjs';

import { anError, FakeChatServer } from '../../../test/fake-chat-server';
import { CHAT, openChat as open, upTo } from '../../../test/open-chat';
import { endClient, settle, startClient } from '../../../test/start-client';
import { DraftStore } from '../drafts/draft.store';
import { Outbox } from '../outbox/outbox';
import { ChatStore } from './chat.store';

const HISTORY = `GET chat/user/chat/${CHAT}/messages`;

describe('ChatStore', () => {
  afterEach(endClient);

  it("opens the customer's own chat: room, newest page, head", async () => {
    const { server, store, seqs } = await open(3);
    expect(store.status()).toBe('ready');
    expect(store.chat()).toEqual({ ...aChat(), lastSeq: 3 });
    expect(seqs()).toEqual([1, 2, 3]);
    expect(store.hasOlder()).toBe(false);
    expect(server.count('join_chat')).toBe(1);
  });

  it('opens any chat for an admin', async () => {
    const { server, store, seqs } = await open(2, anAdmin());
    expect(server.count(`GET chat/admin/chat/${CHAT}/messages`)).toBe(1);
    expect(store.chat()?.id).toBe(CHAT);
    expect(seqs()).toEqual([1, 2]);
  });

  it.each([
    [anAdmin(), 3],
    [aUser(), undefined],
  ])('sends with what %j says how far the thread was shown: %p', async (user, basedOnSeq) => {
    const { server, socket, store } = await open(3, user);
    server.socket.close();
    void store.send('Hello');
    await settle();
    server.store({ seq: 4, message: 'Written meanwhile' });
    socket.retryNow();
    await settle();
    const [sent] = server.received.filter(({ name }) => name === 'send_message');
    expect(sent?.payload['basedOnSeq']).toBe(basedOnSeq);
    expect(Object.hasOwn(sent?.payload ?? {}, 'basedOnSeq')).toBe(basedOnSeq !== undefined);
  });

  it('shows the history even when there is no socket', async () => {
    const server = new FakeChatServer();
    server.log = messagesBetween(1, 2);
    server.refuse = () => new Error('websocket error');
    await startClient(server);
    const store = TestBed.runInInjectionContext(() => new ChatStore());
    await store.openOwn();
    expect(store.status()).toBe('ready');
    expect(store.messages()).toHaveLength(2);
  });

  it('loads older pages until the first message', async () => {
    const { server, store, seqs } = await open(PAGE_LIMIT_DEFAULT + 20);
    expect(seqs()).toEqual(upTo(PAGE_LIMIT_DEFAULT + 20, 21));
    expect(store.hasOlder()).toBe(true);

    const loading = store.loadOlder();
    expect(store.isLoadingOlder()).toBe(true);
    await Promise.all([loading, store.loadOlder()]);
    expect(server.count(HISTORY)).toBe(2);

    expect(seqs()).toEqual(upTo(PAGE_LIMIT_DEFAULT + 20));
    expect(store.hasOlder()).toBe(false);
    expect(store.isLoadingOlder()).toBe(false);
  });

  it('says why older messages could not be loaded, and loads them at the next try', async () => {
    const { server, store, seqs } = await open(PAGE_LIMIT_DEFAULT + 1);
    server.interfere = () => anError('unavailable');
    await store.loadOlder();
    expect(store.olderError()?.code).toBe('unavailable');
    server.interfere = () => undefined;
    await store.loadOlder();
    expect(store.olderError()).toBeNull();
    expect(seqs()).toEqual(upTo(PAGE_LIMIT_DEFAULT + 1));
  });

  it('puts no older page in front of a thread that was loaded anew meanwhile', async () => {
    const { server, socket, store, seqs } = await open(PAGE_LIMIT_DEFAULT + 1);
    let answerOlder: () => void = () => undefined;
    const { handle } = server;
    server.handle = (request) =>
      request.params.has('before')
        ? from(new Promise<void>((resolve) => (answerOlder = resolve))).pipe(
            switchMap(() => handle.call(server, request)),
          )
        : handle.call(server, request);
    const loading = store.loadOlder();
    server.socket.close();
    server.log = messagesBetween(1, 2_000);
    socket.retryNow();
    await settle();
    answerOlder();
    await loading;
    expect(seqs()).toEqual(upTo(2_000, 1_951));
    await settle();
  });

  it('asks a bounded number of times when history and room disagree about the epoch', async () => {
    const { server, socket } = await open(1);
    const handle = server.handle.bind(server);
    server.handle = (request) =>
      handle(request).pipe(
        map((response) => response.clone({ body: { ...Object(response.body), epoch: 'older' } })),
      );
    server.chat = { ...server.chat, epoch: 'newer' };
    server.socket.close();
    socket.retryNow();
    await settle(1_000);
    expect(server.count('join_chat')).toBeLessThan(5);
  });

  it('adds what it hears without asking', async () => {
    const { server, seqs } = await open(1);
    server.store({});
    server.socket.hear('new_message', aMessage({ seq: 1 }));
    await settle();
    expect(seqs()).toEqual([1, 2]);
    expect(server.count('get_messages')).toBe(0);
  });

  it.each(['not_found', 'forbidden'] as const)(
    'fails for good on %s, and keeps our own words',
    async (code) => {
      const { server, socket, store } = await open(1);
      TestBed.inject(DraftStore).keep(CHAT, 'Half a thought');
      server.interfere = (name) => (name === 'join_chat' ? anError(code) : 'silence');
      server.socket.close();
      void store.send('Not lost');
      socket.retryNow();
      await settle();
      expect(store.status()).toBe('failed');
      expect(store.error()?.code).toBe(code);
      expect(store.messages()).toMatchObject([
        { status: 'failed', message: { message: 'Not lost' }, error: { code } },
      ]);
      expect(TestBed.inject(DraftStore).of(CHAT)).toBe('Half a thought');

      server.interfere = () => undefined;
      server.socket.close();
      socket.retryNow();
      await settle();
      expect(store.status()).toBe('failed');
      store.discard(store.messages()[0]?.message.clientMessageId ?? '');
      expect(store.messages()).toEqual([]);
    },
  );

  it('marks as failed also what is read back only after a chat was found to be gone', async () => {
    const { server, socket, store } = await open(1);
    server.interfere = (name) => (name === 'join_chat' ? anError('not_found') : 'silence');
    server.socket.close();
    socket.retryNow();
    await settle();
    void TestBed.inject(Outbox).send(CHAT, 'Read back late');
    await settle();
    expect(store.messages()).toMatchObject([{ status: 'failed', error: { code: 'not_found' } }]);
  });

  it('opens at the next connection what could not be opened before', async () => {
    const server = new FakeChatServer();
    const { socket } = await startClient(server);
    server.interfere = () => 'lost answer';
    const store = TestBed.runInInjectionContext(() => new ChatStore());
    await store.openOwn();
    expect([store.status(), store.error()?.code]).toEqual(['failed', 'network']);

    server.interfere = () => undefined;
    server.socket.close();
    socket.retryNow();
    await settle();
    expect(store.status()).toBe('ready');
  });

  it('turns an own copy into the stored message, in place', async () => {
    const { store, seqs } = await open(1);
    store.send('  Hello ');
    const key = store.messages().at(-1)?.key;
    expect(seqs()).toEqual([1, 'sending']);
    await settle();
    expect(seqs()).toEqual([1, 2]);
    expect(store.messages().at(-1)?.key).toBe(key);
  });

  it('shows who has read, and never less than before', async () => {
    const { server, store } = await open(2);
    server.socket.hear('messages_read', aReadReceipt({ seq: 1, lastSeq: 2 }));
    server.socket.hear('new_message', aMessage({ seq: 1 }));
    server.socket.hear('messages_read', aReadReceipt({ seq: 0, lastSeq: 2 }));
    const read = store.messages().map(({ message }) => message.isRead);
    expect(read).toEqual([true, false]);
    expect(store.readSeq()).toEqual({ user: 0, admin: 1 });
  });

  it('marks read up to the last message shown, once, and clears the count', async () => {
    const { server, store } = await open();
    server.store(anAnswer());
    server.store(anAnswer());
    expect(store.unreadCount()).toBe(2);
    store.markRead();
    store.markRead();
    await settle();
    expect(server.received.filter(({ name }) => name === 'mark_read')).toEqual([
      { name: 'mark_read', payload: { chatId: CHAT, seq: 2 } },
    ]);
    expect(store.unreadCount()).toBe(0);
    store.markRead();
    await settle();
    expect(server.count('mark_read')).toBe(1);
  });

  it('tells at the next connection what was read offline', async () => {
    const { server, socket, store } = await open();
    server.store(anAnswer());
    server.socket.close();
    store.markRead();
    await settle();
    expect(server.count('mark_read')).toBe(0);
    socket.retryNow();
    await settle();
    expect(server.chat.readSeq.user).toBe(1);
  });

  it('closes when somebody else signs in, and stays while the session has only ended', async () => {
    const { server, session, store } = await open(1);
    session.end('token-1');
    await settle();
    expect(store.status()).toBe('ready');
    server.user = anAdmin();
    await session.signIn({ email: 'ada@example.com', password: 'admin-demo-1' });
    await settle();
    expect(store.status()).toBe('idle');
    expect(store.messages()).toEqual([]);
  });

  it('leaves the room, and no timer of its own behind, when it is closed', async () => {
    const { server, store } = await open(1);
    store.notifyTyping();
    store.close();
    await settle();
    expect(server.count('leave_chat')).toBe(1);
    // The connection looks whether the machine has slept.
    expect(jest.getTimerCount()).toBe(1);
    server.store({});
    expect(store.messages()).toEqual([]);
  });

  it('takes nothing of an opening that another one has replaced', async () => {
    const { store } = await open(1);
    void store.openOwn();
    store.close();
    await settle();
    expect(store.status()).toBe('idle');
    expect(store.chat()).toBeNull();
  });

  describe('acts on the chat as a whole', () => {
    it('as its customer: closes and reopens it', async () => {
      const { server, store } = await open(1);
      await store.closeChat();
      expect(store.chat()?.isActive).toBe(false);
      await store.reopenChat();
      expect(store.chat()?.isActive).toBe(true);
      expect(server.received.map(({ name }) => name)).toEqual(
        expect.arrayContaining([`POST chat/user/chat/${CHAT}/close`, `POST chat/user/chat/${CHAT}/reopen`]),
      );
    });

    it('as an admin: lets nobody be assigned', async () => {
      const { server, store } = await open(1, anAdmin());
      const { id, name } = anAdmin();
      server.socket.hear('chat_updated', aChat({ admin: { id, name }, lastSeq: 1 }));
      expect(store.chat()?.admin?.id).toBe(id);
      await store.unassign();
      expect(store.chat()?.admin).toBeNull();
      await store.closeChat();
      expect(server.count(`POST chat/admin/chat/${CHAT}/close`)).toBe(1);
    });

    it('one at a time, and says which has failed and why until the next', async () => {
      const { server, store } = await open(1, anAdmin());
      server.interfere = (name) => (name.endsWith('/reopen') ? anError('chat_closed') : undefined);
      const reopening = store.reopenChat();
      expect(store.actUnderWay()).toBe('reopen');
      await Promise.all([reopening, store.closeChat()]);
      expect(server.count(`POST chat/admin/chat/${CHAT}/close`)).toBe(0);
      expect(store.actUnderWay()).toBeNull();
      expect(store.failedAct()).toMatchObject({ act: 'reopen', error: { code: 'chat_closed' } });
      await store.closeChat();
      expect(store.failedAct()).toBeNull();
    });

    it('tells nothing of one whose chat was left', async () => {
      const { server, store } = await open(1, anAdmin());
      server.interfere = (name) => (name.endsWith('/close') ? anError('unavailable') : undefined);
      const closing = store.closeChat();
      store.close();
      await closing;
      expect([store.actUnderWay(), store.failedAct()]).toEqual([null, null]);
    });
  });
});
