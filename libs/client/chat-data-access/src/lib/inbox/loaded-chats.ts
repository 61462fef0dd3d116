import { computed, signal } from '@angular/core';
import {
  type ChatDto,
  type ChatListDto,
  type ChatListQueryDto,
  PAGE_LIMIT_DEFAULT,
  PAGE_LIMIT_MAX,
  type ReadReceiptDto,
} from '@elite-chat/contracts';
import { ChatRequestError } from '@elite-chat/session';

import { isInDoubtAfter, withReceipt } from '../chats/chat-changes';
import { byActivity, mergeChats } from '../chats/merge-chats';
import type { LoadStatus } from '../load-status';
import { RetryTimer } from '../realtime/retry-timer';

/** The loaded rows of a list of chats, newest activity first, loaded page by page and kept up to date by what is heard. */
export class LoadedChats {
  private readonly rows = signal<readonly ChatDto[]>([]);
  private readonly load = signal<LoadStatus>('idle');
  private readonly fault = signal<ChatRequestError | null>(null);
  private readonly cursor = signal<string | null>(null);
  private readonly isLoading = signal(false);
  private readonly moreFault = signal<ChatRequestError | null>(null);
  private readonly retry = new RetryTimer();
  /** Chats that were heard of while the list is being loaded: its answer may be older. */
  private heard = new Set<string>();
  /** The loading of all rows under way, and whether they are to be loaded once more after what is under way. */
  private reloading: Promise<void> | null = null;
  private mustReload = false;
  /** Answers for a list that was forgotten meanwhile come too late. */
  private present = Symbol('list');

  readonly chats = this.rows.asReadonly();
  readonly status = this.load.asReadonly();
  readonly error = this.fault.asReadonly();
  readonly hasMore = computed(() => this.cursor() !== null);
  readonly isLoadingMore = this.isLoading.asReadonly();
  readonly moreError = this.moreFault.asReadonly();

  /** `fetch` gives a page of the list. */
  constructor(private readonly fetch: (query: ChatListQueryDto) => Promise<ChatListDto>) {}

  /**
   * Loads the first page, or again as many rows as there are; what the answer does not have any more goes. While
   * something is being loaded that comes to its end first: a slow line would never have an answer in time.
   */
  async reload(): Promise<void> {
    this.mustReload = true;
    if (this.isLoading()) return;
    this.reloading ??= this.reloadWhileAsked(this.present);
    await this.reloading;
  }

  /** Loads the next page. */
  async loadMore(): Promise<void> {
    if (!this.hasMore() || this.isLoading()) return;
    const { present } = this;
    this.isLoading.set(true);
    this.moreFault.set(null);
    try {
      // Which page is the next is known only then.
      if (this.reloading) await this.reloading;
      if (this.present === present) await this.fetchMore(present);
    } catch (fault) {
      if (this.present === present) this.moreFault.set(ChatRequestError.from(fault));
    } finally {
      if (this.present === present) this.isLoading.set(false);
    }
    if (this.present === present && this.mustReload) await this.reload();
  }

  /** Takes a row that was heard; one that would stand among rows not loaded yet is left to them. */
  receive(chat: ChatDto): void {
    this.heard.add(chat.id);
    const rows = this.rows();
    const last = rows.at(-1);
    const isBeyond = this.hasMore() && last !== undefined && byActivity(last, chat) < 0;
    if (!isBeyond || this.has(chat.id)) this.rows.set(mergeChats(rows, [chat]));
  }

  /** Changes each row by what was heard of it. */
  change(change: (chat: ChatDto) => ChatDto): void {
    const rows = this.rows();
    const changed = rows.map(change);
    changed.forEach((chat, index) => chat !== rows[index] && this.heard.add(chat.id));
    if (changed.some((chat, index) => chat !== rows[index])) this.rows.set(changed.sort(byActivity));
  }

  /** Takes the move of a read mark; where it leaves in doubt what is unread, the rows are loaded again. */
  receiveReceipt(receipt: ReadReceiptDto): void {
    const isInDoubt = this.rows().some((chat) => isInDoubtAfter(chat, receipt));
    this.change((chat) => withReceipt(chat, receipt));
    if (isInDoubt) void this.reload();
  }

  /** Whether the chat is among the loaded rows. */
  has(chatId: string): boolean {
    return this.rows().some(({ id }) => id === chatId);
  }

  /** Forgets all. */
  clear(): void {
    this.present = Symbol('list');
    this.reloading = null;
    this.rows.set([]);
    this.cursor.set(null);
    this.isLoading.set(false);
    this.mustReload = false;
    this.load.set('idle');
    this.fault.set(null);
    this.moreFault.set(null);
    this.retry.succeeded();
  }

  private async reloadWhileAsked(present: symbol): Promise<void> {
    do {
      this.mustReload = false;
      await this.reloadRows(present);
    } while (this.present === present && this.mustReload && !this.isLoading());
    if (this.present === present) this.reloading = null;
  }

  private async reloadRows(present: symbol): Promise<void> {
    this.heard = new Set();
    this.retry.cancel();
    if (this.load() !== 'ready') this.load.set('loading');
    try {
      await this.fetchRows(present, this.rows().length);
      if (this.present !== present) return;
      this.load.set('ready');
      this.fault.set(null);
      this.moreFault.set(null);
      this.retry.succeeded();
    } catch (fault) {
      if (this.present === present) this.fail(fault);
    }
  }

  /** Shows each page as it comes; what none of them has goes after the last one. */
  private async fetchRows(present: symbol, count: number): Promise<void> {
    const listed = new Set<string>();
    // Never less than a page: one row that was heard before the first answer is not the list.
    let query: ChatListQueryDto =
      count > PAGE_LIMIT_DEFAULT ? { limit: Math.min(count, PAGE_LIMIT_MAX) } : {};
    for (;;) {
      const { chats, nextCursor } = await this.fetch(query);
      if (this.present !== present) return;
      for (const { id } of chats) listed.add(id);
      this.rows.update((rows) => mergeChats(rows, chats));
      if (nextCursor === null || listed.size >= count) {
        this.rows.update((rows) => rows.filter(({ id }) => listed.has(id) || this.heard.has(id)));
        this.cursor.set(nextCursor);
        return;
      }
      query = { cursor: nextCursor, limit: Math.min(count - listed.size, PAGE_LIMIT_MAX) };
    }
  }

  private async fetchMore(present: symbol): Promise<void> {
    const cursor = this.cursor();
    if (cursor === null) return;
    const page = await this.fetch({ cursor });
    if (this.present !== present) return;
    this.cursor.set(page.nextCursor);
    this.rows.update((rows) => mergeChats(rows, page.chats));
  }

  private fail(fault: unknown): void {
    const error = ChatRequestError.from(fault);
    this.fault.set(error);
    this.retry.plan(error, () => void this.reload());
    // Rows that are shown already stay: stale ones are better than none.
    if (this.load() !== 'ready') this.load.set('failed');
  }
}
