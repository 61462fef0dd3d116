import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';

import { type AuthenticatedUser } from '../authenticated-user';
import { bearerToken } from '../bearer-token';
import { IS_PUBLIC } from '../decorators/public.decorator';
import { TokenAuthenticator } from '../token-authenticator.service';

/** A request after the authentication guard. */
export interface AuthenticatedRequest extends FastifyRequest {
  /** Absent on public calls. */
  user?: AuthenticatedUser;
}

/** Lets only people with a valid token through, but for what is public. Sockets are checked when they connect. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: TokenAuthenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const token = bearerToken(request.headers);
    request.user = await this.authenticator.authenticate(token);
    return true;
  }
}
