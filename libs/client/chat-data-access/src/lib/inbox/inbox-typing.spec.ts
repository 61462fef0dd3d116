import { TestBed } from '@angular/core/testing';
import { aMessage, anAdmin, aTypingSign } from '@elite-chat/testing';

import { endClient, settle, startClient } from '../../../test/start-client';
import { InboxTyping } from './inbox-typing';

describe('InboxTyping', () => {
  afterEach(endClient);

  const sign = (chatId: string, isTyping = true) => aTypingSign({ chatId, isTyping, role: 'user' });

  async function start() {
    const client = await startClient(undefined, anAdmin());
    const typing = TestBed.inject(InboxTyping);
    const rooms = (event: string) =>
      client.server.received.filter(({ name }) => name === event).map(({ payload }) => payload['chatId']);
    return { ...client, typing, rooms };
  }

  it('enters the rooms of the rows that stay in view, and leaves those that don’t', async () => {
    const { typing, rooms, server, socket } = await start();
    typing.watch(['flown-by']);
    typing.watch(['one', 'two']);
    await settle(500);
    expect(rooms('join_chat')).toEqual(['one', 'two']);
    typing.watch(['two', 'three']);
    await settle(500);
    expect([rooms('join_chat'), rooms('leave_chat')]).toEqual([['one', 'two', 'three'], ['one']]);
    server.socket.close();
    socket.retryNow();
    await settle();
    expect(rooms('join_chat').slice(3)).toEqual(['two', 'three']);
  });

  it('says where the customer writes, until the message comes or nothing is heard any more', async () => {
    const { typing, server } = await start();
    server.socket.hear('user_typing', sign('one'));
    server.socket.hear('user_typing', sign('two'));
    server.socket.hear('user_typing', { ...sign('three'), role: 'admin' });
    expect([...typing.chats()]).toEqual(['one', 'two']);
    server.socket.hear('new_message', aMessage({ chat: 'one' }));
    expect([...typing.chats()]).toEqual(['two']);
    await settle(6_000);
    expect(typing.chats().size).toBe(0);
  });
});
