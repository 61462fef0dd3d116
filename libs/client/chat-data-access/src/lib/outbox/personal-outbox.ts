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

/**
 * How far keeping a message has come that this tab knows better than what is kept: it is being kept; it is, and was
 * not read back yet; or this page alone has it as it is.
 */
type Keeping = 'under way' | 'done' | 'failed';

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
  /** By key; what is not failed is not sent yet. */
  private readonly keeping = new Map<string, Keeping>();
  /** Forgotten here, and perhaps not yet where they are kept: a reading may have begun before. */
  private readonly forgotten = new Set<string>();
  private readonly channel: OutboxChannel;
  private readonly lead: LeadingTab;
  private readonly storage: Promise<OutboxStorage>;
  private readonly read = coalesce(() => this.readKept());
  private readonly following;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private hasEnded = false;

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
      takeLease: async (owner, milliseconds, force) =>
        (await this.storage).takeLease(owner, milliseconds, force),
    });
    this.following = effect(
      () => {
        const isLeading = this.lead.isLeading();
        untracked(() => {
          if (isLeading) void this.read();
          else this.watchLeader();
        });
      },
      { injector },
    );
    void this.read();
  }

  /** Takes a message: shown at once, and sent once it is safe; resolves then. */
  add(message: LocalMessage): Promise<void> {
    return this.keep(message, (storage) => storage.add(message));
  }

  /** Takes a message, behind all others, in the place of one that has failed: at no moment is neither kept. */
  async replace(failed: LocalMessage, message: LocalMessage): Promise<void> {
    const key = threadMessageKey(failed);
    this.forgotten.add(key);
    this.known.update((all) => all.filter((unsent) => unsent.key !== key));
    await this.keep(message, (storage) => storage.replace(failed.clientMessageId, message));
  }

  /** Forgets a message; resolves when it is forgotten. */
  async remove(message: LocalMessage): Promise<void> {
    const key = threadMessageKey(message);
    this.forgotten.add(key);
    this.keeping.delete(key);
    this.known.update((all) => all.filter((unsent) => unsent.key !== key));
    const isGone = await (await this.storage).remove(message.clientMessageId).then(
      () => true,
      () => false,
    );
    this.channel.tell('changed');
    await this.read();
    if (isGone) this.forgotten.delete(key);
  }

  /** A message is refused or given up: kept with the reason, for its writer to decide. */
  async fail(message: LocalMessage, error: ChatRequestError): Promise<void> {
    const key = threadMessageKey(message);
    this.known.update((all) =>
      all.map((unsent) => (unsent.key === key ? { status: 'failed', key, message, error } : unsent)),
    );
    await (
      await this.storage
    )
      .fail(message.clientMessageId, asBody(error))
      // Not to be read back as one that is to be sent.
      .catch(() => this.keeping.set(key, 'failed'));
    this.channel.tell('changed');
  }

  /** The server has stored a message; does nothing if it is not one of these. */
  confirm(stored: MessageDto): void {
    this.settle(threadMessageKey(stored), stored);
  }

  /** There is a connection again: what waited for one goes on. */
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
    this.hasEnded = true;
    this.following.destroy();
    clearTimeout(this.patience);
    this.lead.end();
    for (const sender of this.senders.values()) sender.end();
    this.known.set([]);
    this.channel.end();
    (await this.storage).close();
  }

  private async keep(message: LocalMessage, store: (storage: OutboxStorage) => Promise<void>): Promise<void> {
    const key = threadMessageKey(message);
    this.forgotten.delete(key);
    this.keeping.set(key, 'under way');
    this.known.update((all) => [...all, { status: 'sending', key, message }]);
    const storage = await this.storage;
    try {
      await store(storage);
      this.keeping.set(key, 'done');
    } catch {
      // A full disk, say: it lives as long as the page, and is sent all the same.
      this.keeping.set(key, 'failed');
    }
    this.channel.tell('changed');
    // No other tab can send what it can't see.
    if (!this.hasEnded && (!storage.isDurable || this.keeping.get(key) === 'failed')) this.lead.takeOver();
    // Read and not just noted: another tab may have written to this chat before.
    void this.read();
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
    this.keeping.delete(key);
    this.known.update((all) => all.filter((one) => one.key !== key));
    return unsent;
  }

  private async readKept(): Promise<void> {
    const storage = await this.storage;
    const kept = await storage.all().catch(() => null);
    if (kept) {
      this.take(kept.map(asUnsent).filter(({ key }) => !this.forgotten.has(key)));
    } else {
      // What is known is sent all the same.
      for (const [key, keeping] of this.keeping) if (keeping === 'done') this.keeping.delete(key);
    }
    const isKept = kept !== null && ![...this.keeping.values()].includes('failed');
    this.durable.set(storage.isDurable && isKept);
    this.wake();
  }

  private take(read: readonly UnsentMessage[]): void {
    for (const { key } of read) if (this.keeping.get(key) === 'done') this.keeping.delete(key);
    const isOwn = ({ key }: UnsentMessage) => this.keeping.has(key);
    const all = read.filter((unsent) => !isOwn(unsent));
    const known = this.known();
    // Before what was written after them.
    for (const [index, own] of [...known.entries()].reverse()) {
      if (!isOwn(own)) continue;
      const later = new Set(known.slice(index + 1).map(({ key }) => key));
      const place = all.findIndex(({ key }) => later.has(key));
      all.splice(place === -1 ? all.length : place, 0, own);
    }
    this.known.set(all);
  }

  private wake(): void {
    if (this.hasEnded) return;
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
    const next = this.known().find(({ status, message }) => status === 'sending' && message.chat === chatId);
    const keeping = next && this.keeping.get(next.key);
    // What comes after one that is not safe yet has its turn after it.
    return keeping === undefined || keeping === 'failed' ? next?.message : undefined;
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
