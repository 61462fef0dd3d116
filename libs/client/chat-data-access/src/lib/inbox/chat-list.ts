import { computed, signal } from '@angular/core';
import { type ChatDto, type ChatListDto, type ChatListQueryDto, PAGE_LIMIT_MAX } from '@elite-chat/contracts';
import { ChatRequestError } from '@elite-chat/session';

import { byActivity, mergeChats } from '../chats/merge-chats';
import type { LoadStatus } from '../load-status';

/** A list of chats, newest activity first, loaded page by page and kept up to date by what is heard. */
export class ChatList {
  private readonly rows = signal<readonly ChatDto[]>([]);
  private readonly load = signal<LoadStatus>('idle');
  private readonly fault = signal<ChatRequestError | null>(null);
  private readonly cursor = signal<string | null>(null);
  private readonly isLoading = signal(false);
  /** Answers of a loading that is not the present one come too late. */
  private present = Symbol('loading');

  readonly chats = this.rows.asReadonly();
  readonly status = this.load.asReadonly();
  readonly error = this.fault.asReadonly();
  readonly hasMore = computed(() => this.cursor() !== null);
  readonly isLoadingMore = this.isLoading.asReadonly();

  /** `fetch` gives a page of the list. */
  constructor(private readonly fetch: (query: ChatListQueryDto) => Promise<ChatListDto>) {}

  /** Loads the first page, or again as many rows as there are. */
  async reload(): Promise<void> {
    const loading = (this.present = Symbol('loading'));
    this.isLoading.set(false);
    if (this.load() !== 'ready') this.load.set('loading');
    try {
      const { chats, nextCursor } = await this.fetchRows(this.rows().length);
      if (this.present !== loading) return;
      this.rows.update((rows) => mergeChats(rows, chats));
      this.cursor.set(nextCursor);
      this.load.set('ready');
      this.fault.set(null);
    } catch (fault) {
      if (this.present === loading) this.fail(fault);
    }
  }

  /** Loads the next page. */
  async loadMore(): Promise<void> {
    const cursor = this.cursor();
    if (cursor === null || this.isLoading()) return;
    const loading = this.present;
    this.isLoading.set(true);
    try {
      const page = await this.fetch({ cursor });
      if (this.present !== loading) return;
      this.cursor.set(page.nextCursor);
      this.rows.update((rows) => mergeChats(rows, page.chats));
      this.fault.set(null);
    } catch (fault) {
      if (this.present === loading) this.fault.set(ChatRequestError.from(fault));
    } finally {
      if (this.present === loading) this.isLoading.set(false);
    }
  }

  /** Takes a row that was heard; one that would stand among rows not loaded yet is left to them. */
  receive(chat: ChatDto): void {
    const rows = this.rows();
    const last = rows.at(-1);
    const isBeyond = this.hasMore() && last !== undefined && byActivity(last, chat) < 0;
    if (!isBeyond || this.has(chat.id)) this.rows.set(mergeChats(rows, [chat]));
  }

  /** Changes each row by what was heard of it. */
  change(change: (chat: ChatDto) => ChatDto): void {
    const rows = this.rows();
    const changed = rows.map(change);
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
    this.load.set('idle');
    this.fault.set(null);
  }

  private async fetchRows(count: number): Promise<ChatListDto> {
    const query = count > 0 ? { limit: Math.min(count, PAGE_LIMIT_MAX) } : {};
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
    this.fault.set(ChatRequestError.from(fault));
    // Rows that are shown already stay: stale ones are better than none.
    if (this.load() !== 'ready') this.load.set('failed');
  }
}
