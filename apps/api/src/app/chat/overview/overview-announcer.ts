import { type OverviewFiguresDto } from '@elite-chat/contracts';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { merge, type Subscription, tap } from 'rxjs';

import { ChatBroadcaster } from '../chat.broadcaster';
import { PresenceDirectory } from '../presence/presence-directory';
import { UNASSIGNED } from '../schemas/chat.schema';
import { ChatCounting } from './chat-counting';
import { OverviewFigures } from './overview-figures';
import { PacedWork } from './paced-work';

/** Admins are told at most this often, in milliseconds. */
const INTERVAL_MS = 1_000;

/** Tells admins of changed figures, when it was this node that has changed them. */
@Injectable()
export class OverviewAnnouncer implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(OverviewAnnouncer.name);
  private readonly announcements = new PacedWork(() => this.announce(), INTERVAL_MS);
  private told: OverviewFiguresDto | null = null;
  /** Admins who have more or fewer open chats than they were told of. */
  private readonly changedOwn = new Set<string>();
  private subscription: Subscription | null = null;

  constructor(
    private readonly counting: ChatCounting,
    private readonly presence: PresenceDirectory,
    private readonly figures: OverviewFigures,
    private readonly broadcaster: ChatBroadcaster,
  ) {}

  onModuleInit(): void {
    const inbox = this.counting.changes.pipe(tap(({ assignees }) => this.noteOwn(assignees)));
    this.subscription = merge(inbox, this.presence.counts).subscribe(() => this.announcements.request());
  }

  /** Those who leave as the server stops are no news. */
  async beforeApplicationShutdown(): Promise<void> {
    this.subscription?.unsubscribe();
    await this.announcements.stop();
  }

  /** Resolves when every change so far was told. */
  async settled(): Promise<void> {
    await this.announcements.flush();
  }

  private noteOwn(assignees: readonly string[]): void {
    for (const assignee of assignees) if (assignee !== UNASSIGNED) this.changedOwn.add(assignee);
  }

  private async announce(): Promise<void> {
    try {
      await Promise.all([this.announceShared(), ...[...this.changedOwn].map((id) => this.announceOwn(id))]);
    } catch (error) {
      this.logger.warn({ err: error }, 'Admins were not told of changed figures; trying again.');
      this.announcements.request();
    }
  }

  private async announceShared(): Promise<void> {
    const figures = await this.figures.now();
    if (this.told && areSame(figures, this.told)) return;
    this.told = figures;
    this.broadcaster.overviewUpdated(figures);
  }

  private async announceOwn(adminId: string): Promise<void> {
    // Before it is read: what changes meanwhile is told once more.
    this.changedOwn.delete(adminId);
    try {
      this.broadcaster.ownOverviewUpdated(adminId, await this.figures.ownOf(adminId));
    } catch (error) {
      this.changedOwn.add(adminId);
      throw error;
    }
  }
}

function areSame(one: OverviewFiguresDto, other: OverviewFiguresDto): boolean {
  return (
    one.waiting === other.waiting &&
    one.open === other.open &&
    one.unread === other.unread &&
    one.unassigned === other.unassigned &&
    one.customersOnline === other.customersOnline
  );
}
