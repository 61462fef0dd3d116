import { type ThrottlerStorage } from '@nestjs/throttler';
import { RateLimiterMemory } from 'rate-limiter-flexible';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** Counts calls in fixed windows, at the same cost for each, however high the limit is. */
export class WindowStorage implements ThrottlerStorage {
  private readonly counters = new Map<string, RateLimiterMemory>();

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

  private counter(name: string, ttl: number): RateLimiterMemory {
    let counter = this.counters.get(name);
    if (!counter) {
      counter = new RateLimiterMemory({
        keyPrefix: name,
        points: Number.MAX_SAFE_INTEGER,
        duration: ttl / 1_000,
      });
      this.counters.set(name, counter);
    }
    return counter;
  }
}
