import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { type FastifyRequest } from 'fastify';

import { bearerToken } from '../auth/bearer-token';
import { addressKey } from './address-key';

/** Who a call is counted for. */
@Injectable()
export class Caller {
  constructor(private readonly jwt: JwtService) {}

  /**
   * The person whose token it is, else the address. Only the signature is checked: this runs before
   * the guards, so that calls which they refuse are counted as well.
   */
  of(request: FastifyRequest): string {
    return this.person(request) ?? addressKey(request.ip);
  }

  private person({ headers }: FastifyRequest): string | null {
    const token = bearerToken(headers);
    if (!token) return null;
    try {
      const { iss, sub, id } = this.jwt.verify<Record<string, unknown>>(token);
      return `person:${JSON.stringify([iss, sub ?? id])}`;
    } catch {
      return null;
    }
  }
}
