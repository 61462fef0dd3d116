import { TestBed } from '@angular/core/testing';
import { aChat, anAnswer, timeOfEntry } from '@elite-chat/testing';

import { endClient, settle, startClient } from '../../../test/start-client';
import { ChatStore } from '../thread/chat.store';
import { CustomerChatsStore } from './customer-chats.store';

describe('CustomerChatsStore', () => {
  afterEach(endClient);

  async function start() {
    const client = await startClient();
    const chats = TestBed.inject(CustomerChatsStore);
    await chats.start();
    await settle();
    return { ...client, chats };
  }

  it('counts the answers that come while the widget is closed', async () => {
    const { server, chats } = await start();
    expect(chats.activeChat()).toEqual(aChat());
    expect(server.count('join_chat')).toBe(1);
    server.store(anAnswer());
    server.store(anAnswer({ message: 'On their way' }));
    expect(chats.unreadCount()).toBe(2);
    expect(chats.chats()[0]?.lastMessage).toBe('On their way');
  });

  it('stays in the room when the widget is closed', async () => {
    const { server, chats } = await start();
    const store = TestBed.runInInjectionContext(() => new ChatStore());
    await store.openOwn();
    await settle();
    store.close();
    await settle();
    expect(server.count('leave_chat')).toBe(0);
    chats.stop();
    await settle();
    expect(server.count('leave_chat')).toBe(1);
  });

  it('clears the count when the customer has read', async () => {
    const { server, chats } = await start();
    server.store(anAnswer());
    server.socket.hear('messages_read', {
      chatId: aChat().id,
      reader: 'user',
      seq: 1,
      readAt: anAnswer().createdAt,
      unreadCount: 0,
      lastSeq: 1,
    });
    expect(chats.unreadCount()).toBe(0);
  });

  it('enters the room and loads again after a reconnection', async () => {
    const { server, socket, chats } = await start();
    server.socket.close();
    server.store(anAnswer());
    server.chat = { ...server.chat, unreadCount: { user: 1, admin: 0 } };
    socket.retryNow();
    await settle();
    expect(server.count('join_chat')).toBe(2);
    expect(chats.unreadCount()).toBe(1);
  });

  it('goes on with the chat that was closed, until another one is active', async () => {
    const { server, chats } = await start();
    server.store(anAnswer());
    server.socket.hear('chat_updated', {
      ...aChat({ isActive: false, lastSeq: 2, lastMessage: 'Done', unreadCount: { user: 1, admin: 0 } }),
    });
    expect(chats.activeChat()).toBeNull();
    expect([chats.currentChat()?.id, chats.unreadCount()]).toEqual([aChat().id, 1]);
    server.socket.hear('chat_updated', aChat({ id: 'f'.repeat(24) }));
    expect([chats.currentChat()?.id, chats.unreadCount()]).toEqual(['f'.repeat(24), 0]);
  });

  it('takes in a new chat that is opened before anything is written in it', async () => {
    const { chats } = await start();
    const begun = aChat({ id: 'f'.repeat(24), createdAt: timeOfEntry(5) });
    chats.learnOf(begun);
    expect(chats.chats().map(({ id }) => id)).toEqual([begun.id, aChat().id]);
    chats.stop();
    chats.learnOf(begun);
    expect(chats.chats()).toEqual([]);
  });

  it('finds a chat that was made after it loaded', async () => {
    const { server, chats } = await start();
    server.chat = aChat({ id: 'f'.repeat(24) });
    server.store(anAnswer({ chat: server.chat.id }));
    await settle();
    expect(chats.chats().map(({ id }) => id)).toContain(server.chat.id);
  });
});
