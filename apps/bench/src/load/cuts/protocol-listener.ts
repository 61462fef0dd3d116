import { setTimeout as pause } from 'node:timers/promises';

import { ChatClient } from '@elite-chat/chat-client';

import { type Person } from '../person';
import { type Listener } from './listener';

const POLL_MS = 20;

/** Listens by the product's protocol: what it missed it asks for by number. Its chat has no entries yet. */
export class ProtocolListener implements Listener {
  private readonly client: ChatClient;

  constructor(
    url: string,
    private readonly person: Person,
  ) {
    const user = { id: person.chatId, name: 'Cora Lane', email: 'cora@example.com', role: 'user' as const };
    this.client = new ChatClient(user, { url, token: person.token });
    this.client.openChat(person.chatId);
  }

  async join(): Promise<void> {
    this.connect();
    while (!this.client.isSettled) await pause(POLL_MS);
  }

  cut(): void {
    this.client.connection.socket.io.engine.close();
    this.client.connection.close();
  }

  connect(): void {
    this.client.connection.open();
  }

  hasAll(messages: number): boolean {
    return this.view.completeSeq >= messages;
  }

  get shown(): number {
    return new Set([...this.view.messages.values()].map(({ id }) => id)).size;
  }

  get shownTwice(): number {
    return this.view.messages.size - this.shown;
  }

  close(): void {
    this.client.close();
  }

  private get view() {
    return this.client.view(this.person.chatId);
  }
}
