import { computed, DestroyRef, inject, Injectable, type Signal, signal } from '@angular/core';
import type { AuditEntryDto } from '@elite-chat/contracts';
import { ChatRequestError, endWithUser } from '@elite-chat/session';
import type { Subscription } from 'rxjs';

import type { LoadStatus } from '../load-status';
import { ChatSocket } from '../realtime/chat-socket';
import { coalesce } from '../realtime/coalesce';
import { resyncs } from '../realtime/resyncs';
import { RetryTimer } from '../realtime/retry-timer';
import { mergeAuditEntries } from './merge-audit-entries';
import { TeamApi } from './team-api';

/** Entries of the first page and of each further one. */
const PAGE = 20;

/** The end of the audit log, kept up to date while it is started; its numbers have no gap, nor have these. */
@Injectable({ providedIn: 'root' })
export class AuditStore {
  private readonly api = inject(TeamApi);
  private readonly socket = inject(ChatSocket);
  private readonly rows = signal<readonly AuditEntryDto[]>([]);
  private readonly load = signal<LoadStatus>('idle');
  private readonly fault = signal<ChatRequestError | null>(null);
  private readonly moreFault = signal<ChatRequestError | null>(null);
  private readonly isLoading = signal(false);
  private readonly retry = new RetryTimer();
  private readonly claim = endWithUser(() => this.stop());
  private readonly reload = coalesce(() => this.loadNewest());
  private following: Subscription | null = null;
  private isReloading = false;
  /** Answers of a loading that is not the present one come too late. */
  private present = Symbol('loading');

  /** The loaded entries, newest first. */
  readonly entries: Signal<readonly AuditEntryDto[]> = this.rows.asReadonly();

  /** How loading the newest stands. */
  readonly status: Signal<LoadStatus> = this.load.asReadonly();

  /** Why loading the newest failed; null otherwise. What may pass is tried again. */
  readonly error: Signal<ChatRequestError | null> = this.fault.asReadonly();

  /** Whether there are older entries: the first has the number 1. */
  readonly hasMore: Signal<boolean> = computed(() => (this.rows().at(-1)?.seq ?? 1) > 1);

  /** Whether older ones are being loaded. */
  readonly isLoadingMore: Signal<boolean> = this.isLoading.asReadonly();

  /** Why older ones could not be loaded; null otherwise. `loadMore` tries again. */
  readonly moreError: Signal<ChatRequestError | null> = this.moreFault.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  /** Loads the newest entries and follows the log; also tries again after a failure. */
  async start(): Promise<void> {
    this.claim();
    this.following ??= this.follow();
    await this.reload();
  }

  /** Stops following and forgets them. */
  stop(): void {
    this.present = Symbol('loading');
    this.following?.unsubscribe();
    this.following = null;
    this.retry.succeeded();
    this.rows.set([]);
    this.isLoading.set(false);
    this.load.set('idle');
    this.fault.set(null);
    this.moreFault.set(null);
  }

  /** Loads the next older entries; a failure stands in `moreError`. */
  async loadMore(): Promise<void> {
    const before = this.rows().at(-1)?.seq;
    if (before === undefined || !this.hasMore() || this.isLoading()) return;
    const loading = this.present;
    this.isLoading.set(true);
    this.moreFault.set(null);
    try {
      const { entries } = await this.api.audit({ before, limit: PAGE });
      // The newest may have been loaded anew meanwhile, without what these follow.
      if (this.present === loading && this.rows().at(-1)?.seq === before) {
        this.rows.update((rows) => [...rows, ...entries]);
      }
    } catch (fault) {
      if (this.present === loading) this.moreFault.set(ChatRequestError.from(fault));
    } finally {
      if (this.present === loading) this.isLoading.set(false);
    }
  }

  private follow(): Subscription {
    const following = resyncs(this.socket).subscribe(() => void this.reload());
    following.add(this.socket.auditRecorded$.subscribe((entry) => this.receive(entry)));
    return following;
  }

  private receive(entry: AuditEntryDto): void {
    const head = this.rows()[0]?.seq ?? 0;
    if (entry.seq === head + 1) this.rows.update((rows) => [entry, ...rows]);
    // Something is missing, or an answer is under way that may be older.
    if (entry.seq > head + 1 || this.isReloading) void this.reload();
  }

  private async loadNewest(): Promise<void> {
    const loading = this.present;
    if (this.load() !== 'ready') this.load.set('loading');
    this.isReloading = true;
    try {
      const { entries } = await this.api.audit({ limit: PAGE });
      if (this.present !== loading) return;
      this.rows.update((known) => mergeAuditEntries(known, entries));
      this.load.set('ready');
      this.fault.set(null);
      this.retry.succeeded();
    } catch (fault) {
      if (this.present !== loading) return;
      const error = ChatRequestError.from(fault);
      this.fault.set(error);
      this.retry.plan(error, () => void this.reload());
      // Entries that are shown already stay.
      if (this.load() !== 'ready') this.load.set('failed');
    } finally {
      this.isReloading = false;
    }
  }
}
