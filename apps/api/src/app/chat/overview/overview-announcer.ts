import { type OverviewFiguresDto } from '@elite-chat/contracts';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { merge, type Subscription } from 'rxjs';

import { ChatBroadcaster } from '../chat.broadcaster';
import { PresenceDirectory } from '../presence/presence-directory';
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
  private subscription: Subscription | null = null;

  constructor(
    private readonly counting: ChatCounting,
    private readonly presence: PresenceDirectory,
    private readonly figures: OverviewFigures,
    private readonly broadcaster: ChatBroadcaster,
  ) {}

  onModuleInit(): void {
    this.subscription = merge(this.counting.changes, this.presence.counts).subscribe(() =>
      this.announcements.request(),
    );
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

  private async announce(): Promise<void> {
    try {
      const figures = await this.figures.now();
      if (this.told && areSame(figures, this.told)) return;
      this.told = figures;
      this.broadcaster.overviewUpdated(figures);
    } catch (error) {
      this.logger.warn({ err: error }, 'Admins were not told of changed figures; trying again.');
      this.announcements.request();
    }
  }
}

function areSame(one: OverviewFiguresDto, other: OverviewFiguresDto): boolean {
  return (
    one.waiting === other.waiting &&
    one.open === other.open &&
    one.unread === other.unread &&
    one.customersOnline === other.customersOnline
  );
}
