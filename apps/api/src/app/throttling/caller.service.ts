import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { type FastifyRequest } from 'fastify';

import { addressKey } from './address-key';

const BEARER = /^bearer +(\S{1,8192})$/i;

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
    const token = BEARER.exec(headers.authorization ?? '')?.[1];
    if (!token) return null;
    try {
      const { iss, sub, id } = this.jwt.verify<Record<string, unknown>>(token);
      return `person:${JSON.stringify([iss, sub ?? id])}`;
    } catch {
      return null;
    }
  }
}
