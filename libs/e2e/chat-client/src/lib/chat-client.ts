import { setTimeout as pause } from 'node:timers/promises';

import { PAGE_LIMIT_MAX, type UserDto } from '@elite-chat/contracts';

import { type Attempt } from './attempt';
import { backoffDelay } from './backoff';
import { ChatConnection, Refused } from './chat-connection';
import { InboxView } from './inbox-view';
import { Outbox } from './outbox';
import { RestApi } from './rest-api';
import { ThreadView } from './thread-view';

/** How a client is made. */
export interface ChatClientOptions {
  url: string;
  token: string;
  /** How long an answer may take, in milliseconds. */
  ackTimeoutMs?: number;
  /** The longest pause between two tries of anything, in milliseconds. */
  longestPauseMs?: number;
  /** How often each thread's head is compared and the inbox reloaded, in milliseconds. */
  headCheckMs?: number;
}

/** One chat that is open. */
interface OpenThread {
  view: ThreadView;
  outbox: Outbox;
  /** The synchronization under way, and whether another one must follow. */
  running: Promise<void> | null;
  again: boolean;
}

/**
 * An honest client by docs/protocol.md, without a page: an outbox with one message in flight per chat
 * and the same id for ever, and threads that are caught up by number.
 */
export class ChatClient {
  readonly connection: ChatConnection;
  readonly rest: RestApi;
  readonly inbox = new InboxView();
  private readonly threads = new Map<string, OpenThread>();
  private readonly longestPauseMs: number;
  private readonly headCheck: NodeJS.Timeout;
  private hasEnded = false;
  /** The loading of the inbox that a receipt in doubt has made, while it is under way. */
  private clearing: Promise<void> | null = null;

  /** @param user who the token says it is */
  constructor(
    readonly user: UserDto,
    options: ChatClientOptions,
  ) {
    const { url, token, ackTimeoutMs = 10_000, longestPauseMs = 30_000, headCheckMs = 25_000 } = options;
    this.longestPauseMs = longestPauseMs;
    this.connection = new ChatConnection({ url, token, ackTimeoutMs, longestPauseMs });
    this.rest = new RestApi(url, token);
    const { socket } = this.connection;
    socket.on('connect', () => this.onConnect());
    socket.on('new_message', (message) => {
      const thread = this.threads.get(message.chat);
      if (thread?.view.receive(message)) void this.synchronize(message.chat);
    });
    socket.on('message_changed', (change) => {
      const thread = this.threads.get(change.message.chat);
      if (thread?.view.receiveChange(change)) void this.synchronize(change.message.chat);
    });
    socket.on('new_chat_message', ({ chat }) => this.inbox.receive(chat));
    socket.on('chat_updated', (chat) => this.inbox.receive(chat));
    socket.on('messages_read', (receipt) => {
      if (this.inbox.receiveReceipt(receipt))
        this.clearing ??= this.loadInbox().finally(() => (this.clearing = null));
    });
    this.headCheck = setInterval(() => {
      if (this.connection.socket.connected) void this.refresh();
    }, headCheckMs);
  }

  /** Opens a chat: its room is entered and its log is read, now and at each connection. */
  openChat(chatId: string): void {
    if (this.threads.has(chatId)) return;
    const view = new ThreadView();
    const outbox = new Outbox(chatId, this.user.id, this.connection, this.longestPauseMs, (message) => {
      if (view.receive(message)) void this.synchronize(chatId);
    });
    this.threads.set(chatId, { view, outbox, running: null, again: false });
    void this.synchronize(chatId);
  }

  /** Writes to a chat that is open. */
  write(chatId: string, message: string): Attempt {
    return this.thread(chatId).outbox.write(message);
  }

  /** Has read all that it shows of a chat. */
  async markRead(chatId: string): Promise<void> {
    const seq = this.thread(chatId).view.completeSeq;
    await this.connection.ask('mark_read', { chatId, seq });
  }

  /** What it shows of a chat that is open. */
  view(chatId: string): ThreadView {
    return this.thread(chatId).view;
  }

  /** The chats that are open. */
  get chatIds(): string[] {
    return [...this.threads.keys()];
  }

  /** Everything that it wanted to have stored. */
  get attempts(): Attempt[] {
    return [...this.threads.values()].flatMap(({ outbox }) => outbox.attempts);
  }

  /** How often a try to send was answered by nothing or by "later", by code. */
  get setbacks(): Map<string, number> {
    const sum = new Map<string, number>();
    for (const { outbox } of this.threads.values())
      for (const [code, count] of outbox.setbacks) sum.set(code, (sum.get(code) ?? 0) + count);
    return sum;
  }

  /** What it waits for, in words; null when it is connected, all is answered and nothing is being fetched. */
  get waitsFor(): string | null {
    const threads = [...this.threads.values()];
    const unsent = threads.filter(({ outbox }) => !outbox.isEmpty).length;
    const fetching = threads.filter(({ running }) => running !== null).length;
    const reasons = [
      ...(this.connection.socket.connected ? [] : ['a connection']),
      ...(unsent > 0 ? [`answers in ${unsent} chats`] : []),
      ...(fetching > 0 ? [`entries of ${fetching} chats`] : []),
    ];
    return reasons.length > 0 ? reasons.join(', ') : null;
  }

  /** Whether it waits for nothing. */
  get isSettled(): boolean {
    return this.waitsFor === null;
  }

  /** Compares the heads of all its threads and reloads its list: as when its page comes back into view. */
  async refresh(): Promise<void> {
    await Promise.all([...this.chatIds.map((chatId) => this.synchronize(chatId)), this.loadInbox()]);
  }

  /** Ends it. */
  close(): void {
    this.hasEnded = true;
    clearInterval(this.headCheck);
    for (const { outbox } of this.threads.values()) outbox.end();
    this.connection.close();
  }

  private onConnect(): void {
    for (const [chatId, { outbox }] of this.threads) {
      void this.synchronize(chatId);
      outbox.resume();
    }
    void this.loadInbox();
  }

  private async loadInbox(): Promise<void> {
    if (this.user.role !== 'admin') return;
    const chats = await this.rest.inbox().catch(() => []);
    for (const chat of chats) this.inbox.receive(chat);
  }

  private thread(chatId: string): OpenThread {
    const thread = this.threads.get(chatId);
    if (!thread) throw new Error(`The chat ${chatId} is not open.`);
    return thread;
  }

  /** Enters the room and fetches what is missing; one at a time per chat. */
  private async synchronize(chatId: string): Promise<void> {
    const thread = this.thread(chatId);
    thread.again = true;
    thread.running ??= this.fetchMissing(chatId, thread).finally(() => (thread.running = null));
    await thread.running;
  }

  private async fetchMissing(chatId: string, thread: OpenThread): Promise<void> {
    for (let failures = 0; thread.again && !this.hasEnded && this.connection.socket.connected;) {
      thread.again = false;
      try {
        const { chat } = await this.connection.ask('join_chat', { chatId });
        thread.view.follow(chat.epoch);
        while (thread.view.completeSeq < chat.lastSeq) {
          const after = thread.view.completeSeq;
          const page = await this.connection.ask('get_messages', { chatId, after, limit: PAGE_LIMIT_MAX });
          thread.view.receivePage(page);
          if (thread.view.completeSeq <= after) break;
        }
      } catch (error) {
        thread.again = true;
        const notBefore = error instanceof Refused ? (error.body.retryAfter ?? 0) * 1_000 : 0;
        await pause(notBefore + backoffDelay(failures++, this.longestPauseMs));
      }
    }
  }
}
