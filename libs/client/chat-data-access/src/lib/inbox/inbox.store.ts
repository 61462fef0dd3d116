import { computed, DestroyRef, inject, Injectable, type Signal, signal } from '@angular/core';
import type { ChatDto, InboxFilter } from '@elite-chat/contracts';
import { Subscription } from 'rxjs';
import { type ChatRequestError, endWithUser, SessionStore } from '@elite-chat/session';

import { ChatApi } from '../api/chat-api';
import type { LoadStatus } from '../load-status';
import { ChatSocket } from '../realtime/chat-socket';
import { resyncs } from '../realtime/resyncs';
import { LoadedChats } from './loaded-chats';
import { matchesFilter } from './matches-filter';

/**
 * Lists that a chat leaves when it is closed or assigned. Of the others it is part until they are listed anew: what
 * one reads or answers shall not vanish while one does.
 */
const LEFT_AT_ONCE: readonly InboxFilter[] = ['mine', 'unassigned', 'open'];

/** The admin's list of chats, kept up to date while it is started. */
@Injectable({ providedIn: 'root' })
export class InboxStore {
  private readonly api = inject(ChatApi);
  private readonly socket = inject(ChatSocket);
  private readonly session = inject(SessionStore);
  private readonly shown = signal<InboxFilter>('all');
  private readonly list = new LoadedChats((query) => this.api.adminChats({ ...query, show: this.shown() }));
  private readonly claim = endWithUser(() => this.stop());
  private following: Subscription | null = null;

  /** The loaded chats, newest activity first. */
  readonly chats: Signal<readonly ChatDto[]> = this.list.chats;

  /** How loading the first page stands. */
  readonly status: Signal<LoadStatus> = this.list.status;

  /** Why the last loading failed; null otherwise. What may pass is tried again at the next connection. */
  readonly error: Signal<ChatRequestError | null> = this.list.error;

  /** Whether there are chats after the last one loaded. */
  readonly hasMore: Signal<boolean> = this.list.hasMore;

  /** Why the last further page could not be loaded; null otherwise. `loadMore` tries again. */
  readonly moreError: Signal<ChatRequestError | null> = this.list.moreError;

  /** Whether a further page is being loaded. */
  readonly isLoadingMore: Signal<boolean> = this.list.isLoadingMore;

  /** Which chats are listed. */
  readonly filter: Signal<InboxFilter> = this.shown.asReadonly();

  /** Loaded chats that are not part of the list any more: they may go as soon as nobody is disturbed by that. */
  readonly leaving: Signal<ReadonlySet<string>> = computed(() => {
    const isLeft = LEFT_AT_ONCE.includes(this.shown());
    return new Set(isLeft ? this.chats().flatMap((chat) => (this.fits(chat) ? [] : [chat.id])) : []);
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  /** Loads the list and follows it; also tries again after a failure. */
  async start(): Promise<void> {
    this.claim();
    this.following ??= this.follow();
    await this.list.reload();
  }

  /** Lists other chats. */
  async show(filter: InboxFilter): Promise<void> {
    if (filter === this.shown()) return;
    this.shown.set(filter);
    this.list.clear();
    if (this.following) await this.list.reload();
  }

  /** Stops following and forgets the list. */
  stop(): void {
    this.following?.unsubscribe();
    this.following = null;
    this.list.clear();
  }

  /** Loads the next page; a failure stands in `moreError`. */
  loadMore(): Promise<void> {
    return this.list.loadMore();
  }

  private follow(): Subscription {
    const { newChatMessage$, chatUpdated$, messagesRead$ } = this.socket;
    const following = new Subscription();
    following.add(resyncs(this.socket).subscribe(() => void this.list.reload()));
    following.add(newChatMessage$.subscribe(({ chat }) => this.receive(chat)));
    following.add(chatUpdated$.subscribe((chat) => this.receive(chat)));
    following.add(messagesRead$.subscribe((receipt) => this.list.receiveReceipt(receipt)));
    return following;
  }

  private receive(chat: ChatDto): void {
    if (this.fits(chat) || this.list.has(chat.id)) this.list.receive(chat);
  }

  private fits(chat: ChatDto): boolean {
    return matchesFilter(chat, this.shown(), this.session.user()?.id ?? null);
  }
}
