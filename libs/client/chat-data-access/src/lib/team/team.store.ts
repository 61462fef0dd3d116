import { DestroyRef, inject, Injectable, type Signal, signal } from '@angular/core';
import {
  type NewAdminDto,
  PAGE_LIMIT_MAX,
  type TeamListDto,
  type TeamMemberDto,
  type TeamPresenceDto,
} from '@elite-chat/contracts';
import { ChatRequestError, endWithUser } from '@elite-chat/session';
import type { Subscription } from 'rxjs';

import type { LoadStatus } from '../load-status';
import { ChatSocket } from '../realtime/chat-socket';
import { coalesce } from '../realtime/coalesce';
import { resyncs } from '../realtime/resyncs';
import { RetryTimer } from '../realtime/retry-timer';
import { TeamApi } from './team-api';

/** The admins, kept up to date while it is started, and what is done with their accounts. */
@Injectable({ providedIn: 'root' })
export class TeamStore {
  private readonly api = inject(TeamApi);
  private readonly socket = inject(ChatSocket);
  private readonly rows = signal<readonly TeamMemberDto[]>([]);
  private readonly load = signal<LoadStatus>('idle');
  private readonly fault = signal<ChatRequestError | null>(null);
  private readonly isCut = signal(false);
  private readonly isLoading = signal(false);
  private readonly retry = new RetryTimer();
  private readonly claim = endWithUser(() => this.stop());
  private readonly reload = coalesce(() => this.loadRows());
  private following: Subscription | null = null;
  private isReloading = false;
  /** How many rows are to be shown at most. */
  private wanted = PAGE_LIMIT_MAX;
  /** Answers of a loading that is not the present one come too late. */
  private present = Symbol('loading');

  /** The loaded admins, in the order in which their accounts were made. */
  readonly members: Signal<readonly TeamMemberDto[]> = this.rows.asReadonly();

  /** How loading stands. */
  readonly status: Signal<LoadStatus> = this.load.asReadonly();

  /** Why the last loading failed; null otherwise. What may pass is tried again. */
  readonly error: Signal<ChatRequestError | null> = this.fault.asReadonly();

  /** Whether there are admins after the last one loaded. */
  readonly hasMore: Signal<boolean> = this.isCut.asReadonly();

  /** Whether further ones are being loaded. */
  readonly isLoadingMore: Signal<boolean> = this.isLoading.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  /** Loads the admins and follows them; also tries again after a failure. */
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
    this.wanted = PAGE_LIMIT_MAX;
    this.rows.set([]);
    this.isCut.set(false);
    this.load.set('idle');
    this.fault.set(null);
  }

  /** Loads further admins. */
  async loadMore(): Promise<void> {
    if (!this.hasMore() || this.isLoading()) return;
    this.wanted = this.rows().length + PAGE_LIMIT_MAX;
    this.isLoading.set(true);
    await this.reload();
    this.isLoading.set(false);
  }

  /** Makes an admin; rejects with a `ChatRequestError`, for example `email_taken`. */
  async create(account: NewAdminDto): Promise<void> {
    this.receive(await this.api.create(account));
  }

  /** Disables an admin; rejects with `validation_failed` for the last one who can sign in. */
  async disable(adminId: string): Promise<void> {
    this.receive(await this.api.disable(adminId));
  }

  /** Enables an admin. */
  async enable(adminId: string): Promise<void> {
    this.receive(await this.api.enable(adminId));
  }

  /** Gives a colleague another password. */
  resetPassword(adminId: string, password: string): Promise<void> {
    return this.api.resetPassword(adminId, { password });
  }

  private follow(): Subscription {
    const following = resyncs(this.socket).subscribe(() => void this.reload());
    following.add(this.socket.teamUpdated$.subscribe((member) => this.hear(() => this.receive(member))));
    following.add(
      this.socket.teamPresence$.subscribe((presence) => this.hear(() => this.receivePresence(presence))),
    );
    return following;
  }

  /** Takes what is heard; an answer that is under way may be older, and is asked for once more. */
  private hear(take: () => void): void {
    take();
    if (this.isReloading) void this.reload();
  }

  private receive(member: TeamMemberDto): void {
    const others = this.rows().filter(({ id }) => id !== member.id);
    const last = others.at(-1);
    const isBeyond = this.hasMore() && last !== undefined && last.id < member.id;
    // An admin no longer, or one of those that are not loaded yet.
    if (member.role !== 'admin' || isBeyond) this.rows.set(others);
    else this.rows.set([...others, member].sort((one, other) => (one.id < other.id ? -1 : 1)));
  }

  private receivePresence({ members }: TeamPresenceDto): void {
    const news = new Map(members.map(({ adminId, presence }) => [adminId, presence]));
    this.rows.update((rows) => rows.map((row) => ({ ...row, presence: news.get(row.id) ?? row.presence })));
  }

  private async loadRows(): Promise<void> {
    const loading = this.present;
    if (this.load() !== 'ready') this.load.set('loading');
    this.isReloading = true;
    try {
      const { members, nextCursor } = await this.fetchRows();
      if (this.present !== loading) return;
      this.rows.set(members);
      this.isCut.set(nextCursor !== null);
      this.load.set('ready');
      this.fault.set(null);
      this.retry.succeeded();
    } catch (fault) {
      if (this.present === loading) this.fail(fault);
    } finally {
      this.isReloading = false;
    }
  }

  private async fetchRows(): Promise<TeamListDto> {
    const { wanted } = this;
    let { members, nextCursor } = await this.api.team({ limit: PAGE_LIMIT_MAX });
    while (nextCursor !== null && members.length < wanted) {
      const page = await this.api.team({ limit: PAGE_LIMIT_MAX, cursor: nextCursor });
      members = [...members, ...page.members];
      nextCursor = page.nextCursor;
    }
    return { members, nextCursor };
  }

  private fail(fault: unknown): void {
    const error = ChatRequestError.from(fault);
    this.fault.set(error);
    this.retry.plan(error, () => void this.reload());
    // Rows that are shown already stay: stale ones are better than none.
    if (this.load() !== 'ready') this.load.set('failed');
  }
}
