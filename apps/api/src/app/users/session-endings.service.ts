import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model } from 'mongoose';
import { Subject } from 'rxjs';

import { withinDeadline } from '../database/within-deadline';
import { User } from './schemas/user.schema';

/** All sessions of a person have ended, but for the one that did it. */
export interface SessionEnding {
  userId: string;
  /** The token that stays valid; absent when none does. */
  exceptTokenFingerprint?: string;
}

/** What a stored person says about the last ending of their sessions. */
export type EndedSessions = Pick<
  User,
  '_id' | 'sessionGeneration' | 'sessionsEndedAt' | 'keptTokenFingerprint'
>;

const POLL_INTERVAL_MS = 500;

/** So long a poll is waited for before the next, in milliseconds: the line it took may be half open. */
const POLL_TIMEOUT_MS = 400;

/** Most polls that are not answered: each holds one of the database's connections until that is given up. */
const UNANSWERED_POLLS_MAX = 20;

/** How far the clocks of two nodes may differ, and how long a write may take to be seen. */
const OVERLAP_MS = 60_000;

/**
 * Tells this node whose sessions have ended, whichever node or command ended them: the people whose
 * `sessionsEndedAt` is new are read from the database twice a second. Each ending is told once.
 */
@Injectable()
export class SessionEndings implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SessionEndings.name);
  private readonly subject = new Subject<SessionEnding>();
  private readonly told = new Map<string, { generation: number; endedAt: number }>();
  /** Every ending before this was told, or was before this node's first socket. */
  private coveredUntil = Date.now() - OVERLAP_MS;
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<void> | undefined;
  private unanswered = 0;
  private isFailing = false;

  /** Fires once for each ending; subscribers close the sockets concerned. */
  readonly endings = this.subject.asObservable();

  constructor(@InjectModel(User.name) private readonly users: Model<User>) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.polling ??= this.poll().finally(() => (this.polling = undefined));
    }, POLL_INTERVAL_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.polling;
    this.subject.complete();
  }

  /**
   * Takes note of a person as just read. Whoever checks a token does so before accepting it: an ending
   * is then told before any session that began after it, so that none of those is closed by mistake.
   */
  notice(user: EndedSessions): void {
    const endedAt = user.sessionsEndedAt?.getTime();
    if (endedAt === undefined || endedAt < this.coveredUntil) return;
    const userId = user._id.toHexString();
    const told = this.told.get(userId);
    if (told && told.generation >= user.sessionGeneration) return;
    this.told.set(userId, { generation: user.sessionGeneration, endedAt });
    this.subject.next({
      userId,
      ...(user.keptTokenFingerprint && { exceptTokenFingerprint: user.keptTokenFingerprint }),
    });
  }

  private async poll(): Promise<void> {
    if (this.unanswered >= UNANSWERED_POLLS_MAX) return;
    try {
      await withinDeadline(this.read(), POLL_TIMEOUT_MS);
      this.isFailing = false;
    } catch (error) {
      // Once per outage: it is tried again in half a second, from where the last success ended.
      if (!this.isFailing) this.logger.warn({ err: error }, 'Cannot read which sessions have ended.');
      this.isFailing = true;
    }
  }

  /** What it finds is told however late it comes: a slow database tells later, not never. */
  private async read(): Promise<void> {
    const startedAt = Date.now();
    this.unanswered++;
    try {
      const ended = await this.users
        .find({
          sessionsEndedAt: { $gte: new Date(this.coveredUntil), $lt: new Date(startedAt + OVERLAP_MS) },
        })
        .select({ sessionGeneration: 1, sessionsEndedAt: 1, keptTokenFingerprint: 1 })
        .lean<EndedSessions[]>();
      for (const user of ended) this.notice(user);
      this.forgetBefore(startedAt - OVERLAP_MS);
    } finally {
      this.unanswered--;
    }
  }

  private forgetBefore(time: number): void {
    // An answer that comes after a later poll's covers less than that.
    if (time <= this.coveredUntil) return;
    this.coveredUntil = time;
    for (const [userId, { endedAt }] of this.told) {
      if (endedAt < time) this.told.delete(userId);
    }
  }
}
