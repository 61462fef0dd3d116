import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';

import { ApiError } from '../errors/api-error';

/** Refuses REST calls beyond the limits; socket events have limits of their own. */
@Injectable()
export class RequestThrottlerGuard extends ThrottlerGuard {
  protected override async shouldSkip(context: ExecutionContext): Promise<boolean> {
    return context.getType() !== 'http';
  }

  protected override async throwThrottlingException(
    _context: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    throw new ApiError('rate_limited', `Too many requests; try again in ${timeToBlockExpire} s.`, {
      retryAfter: timeToBlockExpire,
    });
  }
}
