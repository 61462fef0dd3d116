import { computed, signal } from '@angular/core';
import {
  type ChatDto,
  type ChatListDto,
  type ChatListQueryDto,
  PAGE_LIMIT_DEFAULT,
  PAGE_LIMIT_MAX,
} from '@elite-chat/contracts';
import { ChatRequestError } from '@elite-chat/session';

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
  /** Whether the rows are to be loaded again once a page has come. */
  private mustReload = false;
  /** Answers of a loading that is not the present one come too late. */
  private present = Symbol('loading');

  readonly chats = this.rows.asReadonly();
  readonly status = this.load.asReadonly();
  readonly error = this.fault.asReadonly();
  readonly hasMore = computed(() => this.cursor() !== null);
  readonly isLoadingMore = this.isLoading.asReadonly();
  readonly moreError = this.moreFault.asReadonly();

  /** `fetch` gives a page of the list. */
  constructor(private readonly fetch: (query: ChatListQueryDto) => Promise<ChatListDto>) {}

  /** Loads the first page, or again as many rows as there are; what the answer does not have any more goes. */
  async reload(): Promise<void> {
    const loading = (this.present = Symbol('loading'));
    this.isLoading.set(false);
    this.mustReload = false;
    this.heard = new Set();
    this.retry.cancel();
    if (this.load() !== 'ready') this.load.set('loading');
    try {
      const { chats, nextCursor } = await this.fetchRows(this.rows().length);
      if (this.present !== loading) return;
      const listed = new Set(chats.map(({ id }) => id));
      const present = this.rows().filter(({ id }) => listed.has(id) || this.heard.has(id));
      this.rows.set(mergeChats(present, chats));
      this.cursor.set(nextCursor);
      this.load.set('ready');
      this.fault.set(null);
      this.moreFault.set(null);
      this.retry.succeeded();
    } catch (fault) {
      if (this.present === loading) this.fail(fault);
    }
  }

  /** Loads the rows again, after the page that is just being loaded. */
  async resync(): Promise<void> {
    if (this.isLoading()) this.mustReload = true;
    else await this.reload();
  }

  /** Loads the next page. */
  async loadMore(): Promise<void> {
    const cursor = this.cursor();
    if (cursor === null || this.isLoading()) return;
    const loading = this.present;
    this.isLoading.set(true);
    this.moreFault.set(null);
    try {
      const page = await this.fetch({ cursor });
      if (this.present !== loading) return;
      this.cursor.set(page.nextCursor);
      this.rows.update((rows) => mergeChats(rows, page.chats));
    } catch (fault) {
      if (this.present === loading) this.moreFault.set(ChatRequestError.from(fault));
    } finally {
      if (this.present === loading) this.isLoading.set(false);
    }
    if (this.present === loading && this.mustReload) await this.reload();
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

  /** Whether the chat is among the loaded rows. */
  has(chatId: string): boolean {
    return this.rows().some(({ id }) => id === chatId);
  }

  /** Forgets all. */
  clear(): void {
    this.present = Symbol('loading');
    this.rows.set([]);
    this.cursor.set(null);
    this.isLoading.set(false);
    this.mustReload = false;
    this.load.set('idle');
    this.fault.set(null);
    this.moreFault.set(null);
    this.retry.succeeded();
  }

  private async fetchRows(count: number): Promise<ChatListDto> {
    // Never less than a page: one row that was heard before the first answer is not the list.
    const query = count > PAGE_LIMIT_DEFAULT ? { limit: Math.min(count, PAGE_LIMIT_MAX) } : {};
    let { chats, nextCursor } = await this.fetch(query);
    while (nextCursor !== null && chats.length < count) {
      const page = await this.fetch({
        cursor: nextCursor,
        limit: Math.min(count - chats.length, PAGE_LIMIT_MAX),
      });
      chats = [...chats, ...page.chats];
      nextCursor = page.nextCursor;
    }
    return { chats, nextCursor };
  }

  private fail(fault: unknown): void {
    const error = ChatRequestError.from(fault);
    this.fault.set(error);
    this.retry.plan(error, () => void this.reload());
    // Rows that are shown already stay: stale ones are better than none.
    if (this.load() !== 'ready') this.load.set('failed');
  }
}
