import { TestBed } from '@angular/core/testing';
import { apiPaths, type ChatDto } from '@elite-chat/contracts';
import { aChat, aChatList, aMessage, anAdmin, aReadReceipt, timeOfEntry } from '@elite-chat/testing';

import { anError } from '../../../test/fake-chat-server';
import { endClient, settle, startClient } from '../../../test/start-client';
import { ChatApi } from '../api/chat-api';
import { InboxStore } from './inbox.store';

/** A chat whose last message is its only one, and of that time. */
function chatOf(number: number, changes: Partial<ChatDto> = {}): ChatDto {
  return aChat({
    id: String(number).padStart(24, '0'),
    lastSeq: 1,
    lastMessage: 'Hello',
    lastMessageTime: timeOfEntry(number),
    updatedAt: timeOfEntry(number),
    ...changes,
  });
}

describe('InboxStore', () => {
  afterEach(endClient);

  /** An inbox of chats 1 to `count` in pages of ten. */
  async function start(count: number) {
    const client = await startClient(undefined, anAdmin());
    const stored = Array.from({ length: count }, (_, index) => chatOf(count - index));
    jest
      .spyOn(TestBed.inject(ChatApi), 'adminChats')
      .mockImplementation(async ({ cursor, limit = 10, show } = {}) => {
        client.server.received.push({ name: apiPaths.adminChats, payload: { cursor, limit, show } });
        const first = Number(cursor ?? 0);
        const next = first + limit;
        return aChatList(stored.slice(first, next), {
          nextCursor: next < stored.length ? String(next) : null,
        });
      });
    const inbox = TestBed.inject(InboxStore);
    await inbox.start();
    const ids = () => inbox.chats().map(({ id }) => Number(id));
    return { ...client, inbox, ids, stored };
  }

  it('loads page by page, newest activity first', async () => {
    const { server, inbox, ids } = await start(15);
    expect(inbox.status()).toBe('ready');
    expect(ids()).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
    expect(inbox.hasMore()).toBe(true);
    await Promise.all([inbox.loadMore(), inbox.loadMore()]);
    expect(ids()).toHaveLength(15);
    expect(server.count(apiPaths.adminChats)).toBe(2);
    expect(inbox.hasMore()).toBe(false);
  });

  it('brings a chat to the top at a message, and counts it unread', async () => {
    const { server, inbox, ids } = await start(3);
    const chat = chatOf(1, {
      lastSeq: 2,
      lastMessageTime: timeOfEntry(9),
      unreadCount: { user: 0, admin: 2 },
    });
    server.socket.hear('new_chat_message', { chat, message: aMessage({ seq: 2 }) });
    expect(ids()).toEqual([1, 3, 2]);
    expect(inbox.chats().filter(({ unreadCount }) => unreadCount.admin > 0).length).toBe(1);
  });

  it('shows a chat that was not there before', async () => {
    const { server, ids } = await start(3);
    server.socket.hear('new_chat_message', { chat: chatOf(4), message: aMessage() });
    expect(ids()).toEqual([4, 3, 2, 1]);
  });

  it('clears the badge when the admins have read', async () => {
    const { server, inbox } = await start(1);
    server.socket.hear('chat_updated', chatOf(1, { unreadCount: { user: 0, admin: 1 } }));
    expect(inbox.chats().filter(({ unreadCount }) => unreadCount.admin > 0).length).toBe(1);
    server.socket.hear('messages_read', {
      chatId: chatOf(1).id,
      reader: 'admin',
      seq: 1,
      readAt: timeOfEntry(2),
      unreadCount: 0,
      lastSeq: 1,
    });
    expect(inbox.chats().filter(({ unreadCount }) => unreadCount.admin > 0).length).toBe(0);
  });

  it('keeps what came after a receipt was counted, and asks how much that is', async () => {
    const { server, inbox, stored } = await start(1);
    const unread = (admin: number) => chatOf(1, { lastSeq: 6, unreadCount: { user: 0, admin } });
    server.socket.hear('new_chat_message', { chat: unread(5), message: aMessage({ seq: 6 }) });
    stored.splice(0, 1, { ...unread(1), readSeq: { user: 0, admin: 4 }, updatedAt: timeOfEntry(9) });
    const receipt = aReadReceipt({ chatId: chatOf(1).id, seq: 4, lastSeq: 4, unreadCount: 0 });
    server.socket.hear('messages_read', receipt);
    expect(inbox.chats()[0]?.unreadCount.admin).toBe(2);
    await settle();
    expect(inbox.chats()[0]?.unreadCount.admin).toBe(1);
  });

  it('lists what fits the filter; what was read meanwhile stays until it is listed anew', async () => {
    const { server, inbox, ids, stored } = await start(2);
    stored.length = 0;
    await inbox.show('unread');
    expect(server.received.at(-1)?.payload).toMatchObject({ show: 'unread' });
    expect(ids()).toEqual([]);
    server.socket.hear('chat_updated', chatOf(1));
    expect(ids()).toEqual([]);
    server.socket.hear('chat_updated', chatOf(1, { lastSeq: 2, unreadCount: { user: 0, admin: 1 } }));
    expect(ids()).toEqual([1]);
    server.socket.hear('messages_read', {
      chatId: chatOf(1).id,
      reader: 'admin',
      seq: 2,
      readAt: timeOfEntry(2),
      unreadCount: 0,
      lastSeq: 2,
    });
    expect(ids()).toEqual([1]);
    await inbox.show('open');
    expect(ids()).toEqual([]);
  });

  it('lets a chat leave one’s own, and enter them again, as it is assigned and closed', async () => {
    const { server, inbox, ids, stored } = await start(2);
    stored.length = 0;
    await inbox.show('mine');
    const { id, name } = anAdmin();
    const tell = (lastSeq: number, changes: Partial<ChatDto>) =>
      server.socket.hear('chat_updated', chatOf(1, { lastSeq, ...changes }));
    const listed = () => ids().filter((number) => !inbox.leaving().has(String(number).padStart(24, '0')));
    tell(1, {});
    expect(listed()).toEqual([]);
    tell(2, { admin: { id, name } });
    expect(listed()).toEqual([1]);
    tell(3, { admin: { id: 'f'.repeat(24), name: 'Ben Hale' } });
    expect([ids(), listed()]).toEqual([[1], []]);
    tell(4, { admin: { id, name } });
    tell(5, { admin: { id, name }, isActive: false });
    expect(listed()).toEqual([]);
    tell(6, { admin: { id, name } });
    expect(listed()).toEqual([1]);
  });

  it('lists among the unassigned what is open and nobody’s', async () => {
    const { server, inbox, ids, stored } = await start(1);
    stored.length = 0;
    await inbox.show('unassigned');
    server.socket.hear('chat_updated', chatOf(1, { isActive: false }));
    server.socket.hear('chat_updated', chatOf(2, { admin: { id: 'f'.repeat(24), name: 'Ben Hale' } }));
    expect(ids()).toEqual([]);
    server.socket.hear('chat_updated', chatOf(1, { lastSeq: 2 }));
    expect(ids()).toEqual([1]);
  });

  it('forgets at a reload what is listed no more, but not what it hears meanwhile', async () => {
    const { server, socket, inbox, ids, stored } = await start(3);
    stored.splice(1, 1);
    const answer = aChatList([...stored]);
    jest.spyOn(TestBed.inject(ChatApi), 'adminChats').mockImplementation(async () => {
      server.socket.hear('new_chat_message', { chat: chatOf(9), message: aMessage() });
      return answer;
    });
    server.socket.close();
    socket.retryNow();
    await settle();
    expect(inbox.status()).toBe('ready');
    expect(ids()).toEqual([9, 3, 1]);
  });

  it('tries again by itself what has failed for now', async () => {
    const { server } = await startClient(undefined, anAdmin());
    server.interfere = () => anError('unavailable', 3);
    const inbox = TestBed.inject(InboxStore);
    await inbox.start();
    server.interfere = () => undefined;
    await settle(2_900);
    expect(inbox.status()).toBe('failed');
    await settle(1_200);
    expect(inbox.status()).toBe('ready');
  });

  it('leaves out chats without a message', async () => {
    const { server, ids } = await start(3);
    server.socket.hear('chat_updated', chatOf(4, { lastMessage: null, lastMessageTime: null }));
    expect(ids()).toEqual([3, 2, 1]);
  });

  it('leaves out chats whose neighbours are not loaded', async () => {
    const { server, inbox, ids } = await start(15);
    server.socket.hear('chat_updated', chatOf(2));
    expect(ids()).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
    await inbox.loadMore();
    expect(ids()).toHaveLength(15);
  });

  it('is not set back by a stale row', async () => {
    const { server, inbox } = await start(1);
    server.socket.hear('chat_updated', chatOf(1, { lastSeq: 3, lastMessage: 'newer' }));
    server.socket.hear('chat_updated', chatOf(1, { lastSeq: 2, lastMessage: 'older' }));
    expect(inbox.chats()[0]?.lastMessage).toBe('newer');
  });

  it('loads as many rows as it shows after a reconnection', async () => {
    const { server, socket, inbox, ids, stored } = await start(25);
    await inbox.loadMore();
    server.socket.close();
    stored.unshift(chatOf(26));
    socket.retryNow();
    await settle();
    expect(ids()).toEqual(Array.from({ length: 20 }, (_, index) => 26 - index));
    expect(inbox.hasMore()).toBe(true);
  });

  it('finds within half a minute what no event told', async () => {
    const { stored, ids } = await start(2);
    stored.unshift(chatOf(3));
    await settle(24_000);
    expect(ids()).toEqual([2, 1]);
    await settle(6_500);
    expect(ids()).toEqual([3, 2, 1]);
    stored.unshift(chatOf(4));
    await settle(30_500);
    expect(ids()).toEqual([4, 3, 2, 1]);
  });

  it('asks for nothing while there is no connection or after it was stopped', async () => {
    const { server, inbox } = await start(1);
    server.refuse = () => new Error('down');
    server.socket.close();
    await settle(120_000);
    expect(server.count(apiPaths.adminChats)).toBe(1);
    inbox.stop();
    server.refuse = () => null;
    await settle(120_000);
    expect(server.count(apiPaths.adminChats)).toBe(1);
  });

  it('loads a further page and what was missed, when the connection comes back while that page is on its way', async () => {
    const { server, socket, inbox, ids, stored } = await start(25);
    const pages = jest.mocked(TestBed.inject(ChatApi).adminChats);
    const answered = Promise.withResolvers<undefined>();
    const answer = pages.getMockImplementation();
    pages.mockImplementationOnce(async (query) => {
      const page = await answer?.(query);
      await answered.promise;
      return page ?? aChatList([]);
    });
    const loading = inbox.loadMore();
    server.socket.close();
    stored.unshift(chatOf(26));
    socket.retryNow();
    await settle();
    answered.resolve(undefined);
    await loading;
    expect(ids()).toEqual(Array.from({ length: 20 }, (_, index) => 26 - index));
  });

  it('shows what was missed also where an answer takes longer than the time between two looks', async () => {
    const { stored, ids } = await start(2);
    const pages = jest.mocked(TestBed.inject(ChatApi).adminChats);
    const answer = pages.getMockImplementation();
    let most = 0;
    let asked = 0;
    pages.mockImplementation(async (query) => {
      most = Math.max(most, ++asked);
      await new Promise((resolve) => setTimeout(resolve, 70_000));
      asked--;
      return (await answer?.(query)) ?? aChatList([]);
    });
    stored.unshift(chatOf(3));
    await settle(110_000);
    expect(ids()).toEqual([3, 2, 1]);
    expect(most).toBe(1);
  });

  it('shows each page of a reloading as it comes, and takes away after the last what is listed no more', async () => {
    const { server, socket, inbox, ids, stored } = await start(120);
    for (let page = 1; page < 12; page++) await inbox.loadMore();
    const last = Promise.withResolvers<undefined>();
    const pages = jest.mocked(TestBed.inject(ChatApi).adminChats);
    const answer = pages.getMockImplementation();
    pages.mockImplementation(async (query) => {
      if (query?.cursor) await last.promise;
      return (await answer?.(query)) ?? aChatList([]);
    });
    server.socket.close();
    stored.splice(1, 1);
    stored.unshift(chatOf(121));
    socket.retryNow();
    await settle();
    expect(ids().slice(0, 3)).toEqual([121, 120, 119]);
    last.resolve(undefined);
    await settle();
    expect(ids().slice(0, 3)).toEqual([121, 120, 118]);
    expect(ids()).toHaveLength(120);
  });

  it('says why it could not load, and loads at the next connection', async () => {
    const { server, socket, session } = await startClient(undefined, anAdmin());
    server.interfere = () => anError('unavailable');
    const inbox = TestBed.inject(InboxStore);
    await inbox.start();
    expect([inbox.status(), inbox.error()?.code]).toEqual(['failed', 'unavailable']);
    server.interfere = () => undefined;
    server.socket.close();
    socket.retryNow();
    await settle();
    expect([inbox.status(), inbox.error()]).toEqual(['ready', null]);
    expect(session.isSignedIn()).toBe(true);
  });

  it('forgets all when it is stopped or the admin signs out', async () => {
    const { server, session, inbox } = await start(3);
    session.signOut();
    await settle();
    expect(inbox.chats()).toEqual([]);
    expect(inbox.status()).toBe('idle');
    server.socket.hear('chat_updated', chatOf(4));
    expect(inbox.chats()).toEqual([]);
  });
});
