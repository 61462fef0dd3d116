import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { lastValueFrom, map, Subject, takeUntil, timer } from 'rxjs';

import { ApiError } from '../errors/api-error';

/** Wrong passwords that cost nothing: people mistype. */
const FREE_ATTEMPTS = 3;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;

/** An account without attempts for so long starts anew. */
const REMEMBERED_FOR_MS = 15 * 60_000;
const ACCOUNTS_MAX = 10_000;
const WAITING_MAX = 1_000;

/**
 * Makes guessing one account's password slow, from however many addresses it is tried: each attempt
 * waits before its password is looked at, longer after every failure, and never longer than a few
 * seconds. So nobody can lock somebody else out; the right password always works.
 */
@Injectable()
export class LoginSlowdown implements OnModuleDestroy {
  private readonly attempts = new LRUCache<string, number>({
    max: ACCOUNTS_MAX,
    ttl: REMEMBERED_FOR_MS,
    // The clock that the specs move.
    perf: Date,
  });
  private readonly stopped = new Subject<void>();
  private waiting = 0;

  onModuleDestroy(): void {
    this.stopped.next();
  }

  /**
   * To be awaited before a password is looked at. The attempt counts as failed until
   * {@link succeeded} says otherwise, so that many at once don't all come for free.
   * @param account whatever names it; it need not exist
   * @throws ApiError `busy` when more wait than the server can hold
   */
  async beforeAttempt(account: string): Promise<void> {
    const failures = this.attempts.get(account) ?? 0;
    const delay = delayAfter(failures);
    if (delay > 0 && this.waiting >= WAITING_MAX) {
      throw new ApiError('busy', 'Too many people are signing in at this moment; try again shortly.', {
        retryAfter: LONGEST_DELAY_MS / 1000,
      });
    }
    this.attempts.set(account, failures + 1);
    if (delay > 0) await this.wait(delay);
  }

  /** The password was right: the account's failures are forgotten. */
  succeeded(account: string): void {
    this.attempts.delete(account);
  }

  private async wait(delay: number): Promise<void> {
    this.waiting += 1;
    const hasWaited = timer(delay).pipe(
      map(() => true),
      takeUntil(this.stopped),
    );
    const isOver = await lastValueFrom(hasWaited, { defaultValue: false });
    this.waiting -= 1;
    if (!isOver) {
      throw new ApiError('unavailable', 'The server is stopping; try again shortly.', {
        retryAfter: LONGEST_DELAY_MS / 1000,
      });
    }
  }
}

/** How long an attempt waits after so many failures, in milliseconds. */
export function delayAfter(failures: number): number {
  if (failures < FREE_ATTEMPTS) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_ATTEMPTS), LONGEST_DELAY_MS);
}
