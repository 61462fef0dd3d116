import { TestBed } from '@angular/core/testing';
import { aChat, aUser, messagesBetween } from '@elite-chat/testing';

import { ChatStore } from '../src/lib/thread/chat.store';
import { FakeChatServer } from './fake-chat-server';
import { settle, startClient } from './start-client';

/** The id of the server's one chat. */
export const CHAT = aChat().id;

/** Opens the server's chat with so many messages; `seqs` is what the thread shows. */
export async function openChat(count = 0, user = aUser()) {
  const server = new FakeChatServer();
  server.log = messagesBetween(1, count);
  const client = await startClient(server, user);
  const store = TestBed.runInInjectionContext(() => new ChatStore());
  void (user.role === 'user' ? store.openOwn() : store.open(CHAT));
  await settle();
  const seqs = () => store.messages().map((row) => (row.status === 'sent' ? row.message.seq : row.status));
  return { ...client, store, seqs };
}

/** The numbers from one to another, both included. */
export const upTo = (count: number, from = 1): number[] =>
  Array.from({ length: count - from + 1 }, (_, index) => from + index);
