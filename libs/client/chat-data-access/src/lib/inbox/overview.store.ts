import { DestroyRef, inject, Injectable, type Signal, signal } from '@angular/core';
import type { OverviewDto } from '@elite-chat/contracts';
import { merge, Subscription } from 'rxjs';
import { ChatRequestError, endWithUser, ExpiryTimer } from '@elite-chat/session';

import { ChatApi } from '../api/chat-api';
import type { LoadStatus } from '../load-status';
import { ChatSocket } from '../realtime/chat-socket';
import { firstTold } from '../realtime/first-told';
import { resyncs } from '../realtime/resyncs';
import { RetryTimer } from '../realtime/retry-timer';

/** The figures of the admin's overview, kept up to date while it is started; also the count of the tab. */
@Injectable({ providedIn: 'root' })
export class OverviewStore {
  private readonly api = inject(ChatApi);
  private readonly socket = inject(ChatSocket);
  private readonly known = signal<OverviewDto | null>(null);
  private readonly load = signal<LoadStatus>('idle');
  private readonly fault = signal<ChatRequestError | null>(null);
  private readonly claim = endWithUser(() => this.stop());
  private readonly midnight = new ExpiryTimer();
  private readonly retry = new RetryTimer();
  private following: Subscription | null = null;
  /** Answers of a loading that is not the present one come too late. */
  private present = Symbol('loading');

  /** The figures; null until they are known. Messages are those of the reader's day. */
  readonly figures: Signal<OverviewDto | null> = this.known.asReadonly();

  /** How loading stands. */
  readonly status: Signal<LoadStatus> = this.load.asReadonly();

  /** Why the last loading failed; null otherwise. It is tried again at the next connection. */
  readonly error: Signal<ChatRequestError | null> = this.fault.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  /** Loads the figures and follows them; also tries again after a failure. */
  async start(): Promise<void> {
    this.claim();
    this.following ??= this.follow();
    await this.reload();
  }

  /** Stops following and forgets the figures. */
  stop(): void {
    this.present = Symbol('loading');
    this.following?.unsubscribe();
    this.following = null;
    this.midnight.clear();
    this.retry.succeeded();
    this.known.set(null);
    this.load.set('idle');
    this.fault.set(null);
  }

  private follow(): Subscription {
    const { overviewUpdated$, ownOverviewUpdated$, newChatMessage$ } = this.socket;
    const following = new Subscription();
    following.add(resyncs(this.socket).subscribe(() => void this.reload()));
    following.add(
      merge(overviewUpdated$, ownOverviewUpdated$).subscribe((figures) =>
        this.known.update((known) => known && { ...known, ...figures }),
      ),
    );
    following.add(
      newChatMessage$
        .pipe(firstTold())
        .subscribe(() =>
          this.known.update((known) => known && { ...known, messagesToday: known.messagesToday + 1 }),
        ),
    );
    return following;
  }

  private async reload(): Promise<void> {
    const loading = (this.present = Symbol('loading'));
    const today = new Date(new Date().setHours(0, 0, 0, 0));
    if (this.load() !== 'ready') this.load.set('loading');
    try {
      const figures = await this.api.adminOverview({ since: today.toISOString() });
      if (this.present !== loading) return;
      this.known.set(figures);
      this.load.set('ready');
      this.fault.set(null);
      this.retry.succeeded();
      this.midnight.start(new Date(today).setDate(today.getDate() + 1), () => void this.reload());
    } catch (fault) {
      if (this.present !== loading) return;
      const error = ChatRequestError.from(fault);
      this.fault.set(error);
      this.retry.plan(error, () => void this.reload());
      // Figures that are shown already stay: stale ones are better than none.
      if (this.load() !== 'ready') this.load.set('failed');
    }
  }
}
