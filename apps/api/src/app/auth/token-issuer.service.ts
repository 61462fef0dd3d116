import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';

import { type User } from '../users/schemas/user.schema';
import { type OwnClaims } from './token-claims';

/** Issues the tokens of own accounts. */
@Injectable()
export class TokenIssuer {
  constructor(private readonly jwt: JwtService) {}

  /** A new session of this account, as it was when its password was checked. */
  issue(account: User): Promise<string> {
    const claims: OwnClaims = { sub: account._id.toHexString(), session: account.sessionGeneration };
    // The id keeps two sessions of the same second apart: they differ in nothing else.
    return this.jwt.signAsync({ ...claims, jti: randomUUID() });
  }
}
