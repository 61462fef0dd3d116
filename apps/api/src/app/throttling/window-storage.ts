import { type ThrottlerStorage } from '@nestjs/throttler';
import { type RateLimiterAbstract } from 'rate-limiter-flexible';

import { type RateLimiters } from './rate-limiters';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** Counts calls for the throttler, a counter for each of its limits. */
export class WindowStorage implements ThrottlerStorage {
  private readonly counters = new Map<string, RateLimiterAbstract>();

  constructor(private readonly limiters: RateLimiters) {}

  async increment(
    key: string,
    ttl: number,
    limit: number,
    _blockDuration: number,
    throttlerName: string,
  ): Promise<ThrottlerRecord> {
    const { consumedPoints, msBeforeNext } = await this.counter(throttlerName, ttl).penalty(key);
    const secondsLeft = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    return {
      totalHits: consumedPoints,
      timeToExpire: secondsLeft,
      isBlocked: consumedPoints > limit,
      timeToBlockExpire: secondsLeft,
    };
  }

  private counter(name: string, ttl: number): RateLimiterAbstract {
    let counter = this.counters.get(name);
    if (!counter) {
      counter = this.limiters.create(name, Number.MAX_SAFE_INTEGER, ttl / 1_000);
      this.counters.set(name, counter);
    }
    return counter;
  }
}
