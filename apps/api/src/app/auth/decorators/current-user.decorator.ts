import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { type AuthenticatedUser } from '../authenticated-user';
import { type AuthenticatedRequest } from '../guards/authentication.guard';

/** The person who makes the call; only on calls that are not public. */
export const CurrentUser = createParamDecorator(
  (_data: unknown, context: ExecutionContext): AuthenticatedUser => {
    const { user } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!user) throw new Error('A public call has no current user.');
    return user;
  },
);
