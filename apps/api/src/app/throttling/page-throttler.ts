import { API_PREFIX } from '@elite-chat/contracts';
import { type FastifyInstance } from 'fastify';

import { type Environment } from '../config/environment';
import { ApiError } from '../errors/api-error';
import { addressKey } from './address-key';
import { type RateLimiters } from './rate-limiters';
import { WindowStorage } from './window-storage';

const MINUTE_MS = 60_000;

/** Limits what no guard sees: the client's pages and files, the documentation, and addresses that don't exist. */
export function registerPageThrottler(
  fastify: FastifyInstance,
  { limits }: Environment,
  limiters: RateLimiters,
): void {
  const storage = new WindowStorage(limiters);
  const limit = limits.pagesPerMinute;
  fastify.addHook('onRequest', async (request) => {
    if (request.routeOptions.url?.startsWith(`/${API_PREFIX}/`)) return;
    const key = addressKey(request.ip);
    const { isBlocked, timeToBlockExpire } = await storage.increment(key, MINUTE_MS, limit, 0, 'pages');
    if (isBlocked) {
      throw new ApiError('rate_limited', `Too many requests; try again in ${timeToBlockExpire} s.`, {
        retryAfter: timeToBlockExpire,
      });
    }
  });
}
