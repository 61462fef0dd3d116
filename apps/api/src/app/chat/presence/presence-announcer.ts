import { type Presence, PRESENCE_IDS_MAX, type UserRole } from '@elite-chat/contracts';
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Subscription } from 'rxjs';

import { ChatBroadcaster } from '../chat.broadcaster';
import { PacedWork } from '../overview/paced-work';
import { type PresenceChange, PresenceDirectory } from './presence-directory';

/** Admins are told at most this often, in milliseconds. */
const INTERVAL_MS = 1_000;

/**
 * Tells the people of this node who is there. Every node knows it of all nodes, and each tells its own, so that
 * nothing comes twice.
 */
@Injectable()
export class PresenceAnnouncer implements OnModuleInit, BeforeApplicationShutdown {
  private readonly announcements = new PacedWork(async () => this.announcePeople(), INTERVAL_MS);
  private readonly changed: Record<UserRole, Set<string>> = { user: new Set(), admin: new Set() };
  private isSupportOnline = false;
  private subscription: Subscription | null = null;

  constructor(
    private readonly directory: PresenceDirectory,
    private readonly broadcaster: ChatBroadcaster,
  ) {}

  onModuleInit(): void {
    this.subscription = this.directory.changes.subscribe((change) => this.note(change));
  }

  /** Those who leave as the server stops are no news. */
  async beforeApplicationShutdown(): Promise<void> {
    this.subscription?.unsubscribe();
    await this.announcements.stop();
  }

  /** Tells a connection that has just begun. */
  welcome(connectionId: string): void {
    this.broadcaster.supportPresence({ isOnline: this.directory.isSupportOnline() }, connectionId);
  }

  /** Resolves when every change so far was told. */
  async settled(): Promise<void> {
    await this.announcements.flush();
  }

  private note({ userId, role }: PresenceChange): void {
    if (role === 'admin') this.announceSupport();
    this.changed[role].add(userId);
    this.announcements.request();
  }

  private announceSupport(): void {
    const isOnline = this.directory.isSupportOnline();
    if (isOnline === this.isSupportOnline) return;
    this.isSupportOnline = isOnline;
    this.broadcaster.supportPresence({ isOnline });
  }

  private announcePeople(): void {
    for (const people of this.takeChanged('user')) {
      this.broadcaster.customerPresence({
        customers: people.map(([userId, presence]) => ({ userId, presence })),
      });
    }
    for (const people of this.takeChanged('admin')) {
      this.broadcaster.teamPresence({
        members: people.map(([adminId, presence]) => ({ adminId, presence })),
      });
    }
  }

  /** Whose presence has changed since they were told, in portions of one event each. */
  private takeChanged(role: UserRole): [id: string, Presence][][] {
    const ids = [...this.changed[role]];
    this.changed[role].clear();
    const portions: [id: string, Presence][][] = [];
    for (let from = 0; from < ids.length; from += PRESENCE_IDS_MAX) {
      const portion = ids.slice(from, from + PRESENCE_IDS_MAX);
      portions.push(portion.map((id) => [id, this.directory.presenceOf(id)]));
    }
    return portions;
  }
}
