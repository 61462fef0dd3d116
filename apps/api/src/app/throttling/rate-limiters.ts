import { Global, Injectable, Module } from '@nestjs/common';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';

import { RedisConnection } from '../redis/redis-connection';

const KEY_PREFIX = 'elite-chat:limit';

/**
 * Makes what counts calls in fixed windows, at the same cost for each, however high the limit is: over all nodes
 * where there are several, and over this one while Redis is away.
 */
@Injectable()
export class RateLimiters {
  constructor(private readonly redis: RedisConnection) {}

  /** @param name tells what is counted apart; @param seconds length of a window */
  create(name: string, points: number, seconds: number): RateLimiterAbstract {
    const here = this.createHere(name, points, seconds);
    const { commands } = this.redis;
    if (!commands) return here;
    return new RateLimiterRedis({
      storeClient: commands,
      keyPrefix: `${KEY_PREFIX}:${name}`,
      points,
      duration: seconds,
      insuranceLimiter: here,
      rejectIfRedisNotReady: true,
    });
  }

  /** Counts on this node alone and at once, for what must not wait: parameters as of {@link create}. */
  createHere(name: string, points: number, seconds: number): RateLimiterAbstract {
    return new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
  }
}

/** Limits are set in several places. */
@Global()
@Module({ providers: [RateLimiters], exports: [RateLimiters] })
export class RateLimitersModule {}
