import { effect, type Injector, type Signal, signal, untracked } from '@angular/core';
import type { ErrorBody, MessageDto } from '@elite-chat/contracts';
import { ChatRequestError } from '@elite-chat/session';

import { coalesce } from '../realtime/coalesce';
import { type LocalMessage, threadMessageKey } from '../thread/thread-message';
import { LeadingTab } from './leading-tab';
import { MessageSender } from './message-sender';
import { OutboxChannel, type OutboxNews } from './outbox-channel';
import type { OutboxStorage } from './outbox-storage';
import type { KeptMessage, UnsentMessage } from './unsent-message';

/** A leader that has sent nothing for so long is taken over from by a tab that is looked at; milliseconds. */
const LEADER_PATIENCE_MS = 20_000;

/** What a person's outbox works with. */
export interface PersonalOutboxServices {
  readonly injector: Injector;
  readonly view: Window | null;
  readonly open: (userId: string) => Promise<OutboxStorage>;
  /** One try of sending; rejects with a `ChatRequestError`. */
  readonly deliver: (message: LocalMessage) => Promise<MessageDto>;
  /** A message is stored, whichever tab has sent it. */
  readonly stored: (message: MessageDto) => void;
}

/**
 * The unsent messages of one person: kept in the browser before anything else, shown by all tabs, sent by the one
 * that leads. Ends when somebody else signs in; what is kept stays, unless the person has signed out.
 */
export class PersonalOutbox {
  private readonly known = signal<readonly UnsentMessage[]>([]);
  private readonly durable = signal(true);
  private readonly senders = new Map<string, MessageSender>();
  /** Shown already and not read again from where it is kept: not sent yet. */
  private readonly unsafe = new Set<string>();
  /** Forgotten here, and perhaps not yet where they are kept: a reading may have begun before. */
  private readonly forgotten = new Set<string>();
  private readonly channel: OutboxChannel;
  private readonly lead: LeadingTab;
  private readonly storage: Promise<OutboxStorage>;
  private readonly read = coalesce(() => this.readKept());
  private readonly following;
  private patience: ReturnType<typeof setTimeout> | undefined;

  /** In the order of writing. */
  readonly messages: Signal<readonly UnsentMessage[]> = this.known.asReadonly();

  /** Whether they survive the page. */
  readonly isDurable: Signal<boolean> = this.durable.asReadonly();

  constructor(
    userId: string,
    private readonly services: PersonalOutboxServices,
  ) {
    const { open, view, injector } = services;
    this.storage = open(userId).then((storage) => {
      this.durable.set(storage.isDurable);
      return storage;
    });
    this.channel = new OutboxChannel(userId, (news) => this.hear(news));
    this.lead = new LeadingTab({
      name: `outbox:${userId}`,
      view,
      takeLease: async (owner, milliseconds) => (await this.storage).takeLease(owner, milliseconds),
    });
    this.following = effect(
      () => {
        if (this.lead.isLeading()) untracked(() => void this.read());
      },
      { injector },
    );
    void this.read();
  }

  /** Takes a message: shown at once, and sent once it is safe; resolves then. */
  async add(message: LocalMessage): Promise<void> {
    const key = threadMessageKey(message);
    this.forgotten.delete(key);
    this.unsafe.add(key);
    this.known.update((all) => [...all, { status: 'sending', key, message }]);
    try {
      await (await this.storage).add(message);
    } catch {
      // A full disk, say: it lives as long as the page, and is sent all the same.
      this.durable.set(false);
      this.unsafe.delete(key);
    }
    this.channel.tell('changed');
    // Read and not just noted: another tab may have written to this chat before.
    void this.read();
  }

  /** Forgets a message; resolves when it is forgotten. */
  async remove(message: LocalMessage): Promise<void> {
    const key = threadMessageKey(message);
    this.forgotten.add(key);
    this.known.update((all) => all.filter((unsent) => unsent.key !== key));
    await (await this.storage).remove(message.clientMessageId).catch(() => undefined);
    this.channel.tell('changed');
    await this.read();
    this.forgotten.delete(key);
  }

  /** The server has stored a message; does nothing if it is not one of these. */
  confirm(stored: MessageDto): void {
    this.settle(threadMessageKey(stored), stored);
  }

  /** There is a connection again: nothing waits any longer. */
  resume(): void {
    for (const sender of this.senders.values()) sender.resume();
    void this.read();
  }

  /** Forgets all that is kept. */
  async clear(): Promise<void> {
    this.known.set([]);
    const storage = await this.storage;
    await storage.clear().catch(() => undefined);
    this.channel.tell('changed');
  }

  /** Ends it here; what is kept stays. */
  async end(): Promise<void> {
    this.following.destroy();
    clearTimeout(this.patience);
    this.lead.end();
    for (const sender of this.senders.values()) sender.end();
    this.known.set([]);
    this.channel.end();
    (await this.storage).close();
  }

  private hear(news: OutboxNews): void {
    if (news === 'changed') void this.read();
    else this.show(threadMessageKey(news.stored), news.stored);
  }

  private settle(key: string, stored: MessageDto): void {
    const unsent = this.show(key, stored);
    if (!unsent) return;
    this.channel.tell({ stored });
    void this.remove(unsent.message);
  }

  /** Gives the own copy whose place the stored message has taken. */
  private show(key: string, stored: MessageDto): UnsentMessage | undefined {
    const unsent = this.known().find((one) => one.key === key);
    if (!unsent) return undefined;
    // Before the own copy goes, so that the message never leaves the screen.
    this.services.stored(stored);
    this.known.update((all) => all.filter((one) => one.key !== key));
    return unsent;
  }

  private async readKept(): Promise<void> {
    let kept: KeptMessage[];
    try {
      kept = await (await this.storage).all();
    } catch {
      return;
    }
    const read = kept.map(asUnsent).filter(({ key }) => !this.forgotten.has(key));
    const keys = new Set(read.map(({ key }) => key));
    for (const key of keys) this.unsafe.delete(key);
    const onlyHere = this.known().filter(
      ({ key }) => !keys.has(key) && (this.unsafe.has(key) || !this.durable()),
    );
    this.known.set([...read, ...onlyHere]);
    this.wake();
  }

  private wake(): void {
    if (!this.lead.isLeading()) {
      this.watchLeader();
      return;
    }
    const chats = new Set(this.known().map(({ message }) => message.chat));
    for (const chatId of chats) this.senderOf(chatId).wake();
  }

  private senderOf(chatId: string): MessageSender {
    const known = this.senders.get(chatId);
    if (known) return known;
    const sender = new MessageSender({
      next: () => (this.lead.isLeading() ? this.nextOf(chatId) : undefined),
      deliver: (message) => this.services.deliver(message),
      stored: (message, stored) => this.settle(threadMessageKey(message), stored),
      failed: (message, error) => void this.fail(message, error),
    });
    this.senders.set(chatId, sender);
    return sender;
  }

  private nextOf(chatId: string): LocalMessage | undefined {
    return this.known().find(
      ({ status, key, message }) => status === 'sending' && message.chat === chatId && !this.unsafe.has(key),
    )?.message;
  }

  private async fail(message: LocalMessage, error: ChatRequestError): Promise<void> {
    const key = threadMessageKey(message);
    this.known.update((all) =>
      all.map((unsent) => (unsent.key === key ? { status: 'failed', key, message, error } : unsent)),
    );
    await (await this.storage).fail(message.clientMessageId, asBody(error)).catch(() => undefined);
    this.channel.tell('changed');
  }

  /** A leader may be held by a browser that runs it no more; the same ids make two senders harmless. */
  private watchLeader(): void {
    const waiting = this.nextKey();
    if (waiting === undefined) return;
    this.patience ??= setTimeout(() => {
      this.patience = undefined;
      if (this.lead.isLeading()) return;
      const isStuck = this.nextKey() === waiting && !this.services.view?.document.hidden;
      if (isStuck) this.lead.takeOver();
      else this.watchLeader();
    }, LEADER_PATIENCE_MS);
  }

  private nextKey(): string | undefined {
    return this.known().find(({ status }) => status === 'sending')?.key;
  }
}

function asUnsent({ message, failure }: KeptMessage): UnsentMessage {
  const key = threadMessageKey(message);
  return failure
    ? { status: 'failed', key, message, error: ChatRequestError.fromBody(failure) }
    : { status: 'sending', key, message };
}

/** Without the connection's own errors, after which nothing is given up. */
function asBody({ code, message, details, messages }: ChatRequestError): ErrorBody {
  return {
    code: code === 'network' || code === 'timeout' ? 'unavailable' : code,
    message,
    details: [...details],
    ...(messages.length > 0 && { messages: [...messages] }),
  };
}
