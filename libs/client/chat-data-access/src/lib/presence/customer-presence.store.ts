import { DestroyRef, inject, Injectable, type Signal, signal } from '@angular/core';
import { type CustomersPresenceDto, type Presence, PRESENCE_IDS_MAX } from '@elite-chat/contracts';
import { ChatRequestError, endWithUser } from '@elite-chat/session';
import type { Subscription } from 'rxjs';

import { ChatApi } from '../api/chat-api';
import { ChatSocket } from '../realtime/chat-socket';
import { resyncs } from '../realtime/resyncs';
import { RetryTimer } from '../realtime/retry-timer';

/** Whether the customers that an admin looks at are there: those that were asked for, and what is told of them. */
@Injectable({ providedIn: 'root' })
export class CustomerPresenceStore {
  private readonly api = inject(ChatApi);
  private readonly socket = inject(ChatSocket);
  private readonly known = signal<ReadonlyMap<string, Presence>>(new Map());
  private readonly retry = new RetryTimer();
  private readonly claim = endWithUser(() => this.stop());
  /** Who is looked at, by what looks. */
  private readonly watched = new Map<string, readonly string[]>();
  private following: Subscription | null = null;

  /** Whether each of them is there, by the customer's id; nobody of whom it is not known. */
  readonly presence: Signal<ReadonlyMap<string, Presence>> = this.known.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  /** A part of the page, `viewer`, looks at these customers, and at those it named before no more. */
  watch(viewer: string, userIds: readonly string[]): void {
    this.claim();
    this.following ??= this.follow();
    this.watched.set(viewer, userIds);
    const asked = this.watchedIds();
    const isKnown = asked.every((id) => this.known().has(id));
    this.known.update((known) => new Map([...known].filter(([id]) => asked.includes(id))));
    if (!isKnown) void this.load();
  }

  /** Looks at nobody any more. */
  stop(): void {
    this.following?.unsubscribe();
    this.following = null;
    this.retry.succeeded();
    this.watched.clear();
    this.known.set(new Map());
  }

  private follow(): Subscription {
    const following = resyncs(this.socket).subscribe(() => void this.load());
    following.add(this.socket.customerPresence$.subscribe((presence) => this.receive(presence)));
    return following;
  }

  private async load(): Promise<void> {
    const asked = this.watchedIds();
    if (asked.length === 0) return;
    try {
      this.receive(await this.api.adminPresence(asked));
      this.retry.succeeded();
    } catch (fault) {
      this.retry.plan(ChatRequestError.from(fault), () => void this.load());
    }
  }

  private receive({ customers }: CustomersPresenceDto): void {
    const asked = new Set(this.watchedIds());
    const news = customers.filter(({ userId }) => asked.has(userId));
    if (news.length === 0) return;
    this.known.update((known) => {
      const next = new Map(known);
      for (const { userId, presence } of news) next.set(userId, presence);
      return next;
    });
  }

  private watchedIds(): string[] {
    return [...new Set([...this.watched.values()].flat())].slice(0, PRESENCE_IDS_MAX);
  }
}
