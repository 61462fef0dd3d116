import { type UserRole } from '@elite-chat/contracts';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import { ApiError } from '../../errors/api-error';
import { REQUIRED_ROLE } from '../decorators/for-role.decorator';
import { type AuthenticatedRequest } from './authentication.guard';

const REFUSAL: Record<UserRole, string> = {
  user: 'This call is for customers; you are signed in as an admin.',
  admin: 'This call is for admins; you are signed in as a customer.',
};

/** Refuses people of the other role; runs after the authentication guard. */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const role = this.reflector.getAllAndOverride<UserRole | undefined>(REQUIRED_ROLE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!role) return true;
    const { user } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (user?.role !== role) throw new ApiError('forbidden', REFUSAL[role]);
    return true;
  }
}
