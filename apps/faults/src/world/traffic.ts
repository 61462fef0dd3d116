import { setTimeout as pause } from 'node:timers/promises';

import { type ChatClient } from '@elite-chat/chat-client';

import { type Random } from '../random';

/** People who write to their chats, close and reopen them at random moments until they are told to stop. */
export class Traffic {
  private readonly writing: Promise<void>[] = [];
  private isOver = false;
  private written = 0;

  /**
   * @param meanPauseMs between two messages of one client
   * @param readsEvery after so many messages, on average, a client marks a chat as read
   * @param closesEvery after so many, on average, it closes a chat, and as often reopens one
   */
  constructor(
    private readonly random: Random,
    private readonly meanPauseMs: number,
    private readonly readsEvery = 8,
    private readonly closesEvery = 40,
  ) {}

  /** How many messages were written. */
  get count(): number {
    return this.written;
  }

  /** Lets clients write from now on. */
  begin(clients: readonly ChatClient[]): void {
    for (const client of clients) this.writing.push(this.write(client));
  }

  /** Ends the writing; what is written is sent all the same. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.writing);
  }

  private async write(client: ChatClient): Promise<void> {
    const [first, ...others] = client.chatIds;
    if (first === undefined) return;
    while (!this.isOver) {
      const chatId = this.random.pick([first, ...others]);
      client.write(chatId, `${client.user.name} says ${++this.written}`);
      // A mark that is not moved now is moved by the next one.
      if (this.random.next() < 1 / this.readsEvery) void client.markRead(chatId).catch(() => undefined);
      // Whoever does not hear of it lets it be: what became of it is what is stored.
      const event = this.random.next() < 0.5 ? 'close_chat' : 'reopen_chat';
      if (this.random.next() < 2 / this.closesEvery)
        void client.connection.ask(event, { chatId }).catch(() => undefined);
      await pause(this.random.next() * 2 * this.meanPauseMs);
    }
  }
}
