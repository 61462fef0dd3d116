import { normalizeEmail, normalizePersonName, type UserRole } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { JwtService, TokenExpiredError } from '@nestjs/jwt';
import { validateSync } from 'class-validator';

import { Environment } from '../config/environment';
import { ApiError } from '../errors/api-error';
import { type HostProfile, isNewerThanEnding } from '../users/host-profile';
import { HostUsersService } from '../users/host-users.service';
import { isOwnAccount, OWN_ISSUER, type User } from '../users/schemas/user.schema';
import { SessionEndings } from '../users/session-endings.service';
import { UsersService } from '../users/users.service';
import { type AuthenticatedUser } from './authenticated-user';
import { HostClaims, OwnClaims } from './token-claims';
import { tokenFingerprint } from './token-fingerprint';

/** Longest token that is looked at, in characters. */
const TOKEN_LENGTH_MAX = 8_192;

/** The last moment that a Date can hold, in seconds. */
const LATEST_EXPIRY = 8_640_000_000_000;

/** How far the host application's clock may be ahead of ours. */
const CLOCK_TOLERANCE_S = 60;

/** The claims of a token whose signature and times are right; nothing else about them is known yet. */
type VerifiedClaims = Record<string, unknown> & { exp: number };

/** Finds out who holds a token: for REST calls and for sockets alike. */
@Injectable()
export class TokenAuthenticator {
  constructor(
    private readonly jwt: JwtService,
    private readonly environment: Environment,
    private readonly users: UsersService,
    private readonly hostUsers: HostUsersService,
    private readonly sessionEndings: SessionEndings,
  ) {}

  /**
   * The person whose token this is.
   * @throws ApiError `unauthorized` for a token that is missing, wrong, expired or revoked; `forbidden`
   * for an admin of the host application where these are not believed
   */
  async authenticate(token: string | undefined): Promise<AuthenticatedUser> {
    if (!token) throw new ApiError('unauthorized', 'A bearer token is needed: sign in first.');
    const claims = await this.verify(token);
    const fingerprint = tokenFingerprint(token);
    const { user, role } =
      claims['iss'] === OWN_ISSUER
        ? await this.ownSession(claims, fingerprint)
        : await this.hostSession(claims, fingerprint);
    return {
      id: user._id.toHexString(),
      name: user.name,
      email: user.email,
      role,
      tokenFingerprint: fingerprint,
      expiresAt: new Date(Math.min(claims.exp, LATEST_EXPIRY) * 1000),
    };
  }

  private async verify(token: string): Promise<VerifiedClaims> {
    if (token.length > TOKEN_LENGTH_MAX) throw invalidToken();
    let claims: Record<string, unknown>;
    try {
      claims = await this.jwt.verifyAsync<Record<string, unknown>>(token);
    } catch (error) {
      if (error instanceof TokenExpiredError) {
        throw new ApiError('unauthorized', 'The token has expired: sign in again.', { cause: error });
      }
      throw invalidToken(error);
    }
    const exp = claims['exp'];
    if (typeof exp !== 'number') throw new ApiError('unauthorized', 'The token has no expiry (exp).');
    return { ...claims, exp };
  }

  private async ownSession(claims: VerifiedClaims, fingerprint: string): Promise<Session> {
    const { sub, session } = readClaims(OwnClaims, { sub: claims['sub'], session: claims['session'] });
    const user = await this.users.findById(sub);
    if (!user || !isOwnAccount(user)) throw invalidToken();
    this.requireLive(user, fingerprint, session === user.sessionGeneration);
    return { user, role: user.role };
  }

  private async hostSession(claims: VerifiedClaims, fingerprint: string): Promise<Session> {
    const host = readClaims(HostClaims, {
      iss: claims['iss'],
      sub: claims['sub'] ?? claims['id'],
      name: claims['name'],
      email: claims['email'],
      role: claims['role'],
      iat: claims['iat'],
    });
    const role: UserRole = host.role === 'admin' ? 'admin' : 'user';
    if (role === 'admin' && !this.environment.hostAdmins) {
      throw new ApiError('forbidden', 'Admins of the host application are not accepted here (HOST_ADMINS).');
    }
    const issuedAt = host.iat ?? null;
    if (issuedAt !== null && issuedAt > Date.now() / 1000 + CLOCK_TOLERANCE_S) {
      throw new ApiError('unauthorized', 'The token was issued in the future (iat, in seconds).');
    }
    const profile: HostProfile = {
      issuer: host.iss ?? '',
      subject: host.sub,
      name: normalizePersonName(host.name),
      email: normalizeEmail(host.email),
      role,
      issuedAt,
      expiresAt: claims.exp,
    };
    let user: User | null = null;
    // Each further turn means that another token of this person, or an ending, was faster.
    while (!user) {
      const met = await this.hostUsers.meet(profile);
      this.requireLive(met, fingerprint, isNewerThanEnding(profile, met));
      user = await this.hostUsers.follow(met, profile, fingerprint);
    }
    // An older token than the stored profile's must not bring back a role that was taken away since.
    return { user, role: user.role === 'admin' ? role : 'user' };
  }

  private requireLive(user: User, fingerprint: string, isNewer: boolean): void {
    this.sessionEndings.notice(user);
    if (user.isDisabled) throw new ApiError('unauthorized', 'This account is disabled.');
    if (!isNewer && user.keptTokenFingerprint !== fingerprint) {
      throw new ApiError('unauthorized', 'This session was ended: sign in again.');
    }
  }
}

interface Session {
  user: User;
  role: UserRole;
}

/** The claims that matter, checked; all others are never looked at. */
function readClaims<T extends object>(type: new () => T, claims: Record<keyof T, unknown>): T {
  const read = Object.assign(new type(), claims);
  const [error] = validateSync(read, { stopAtFirstError: true });
  if (error) {
    throw new ApiError('unauthorized', `The token's claim ${error.property} is missing or not valid.`);
  }
  return read;
}

function invalidToken(cause?: unknown): ApiError {
  return new ApiError('unauthorized', 'The token is not valid: sign in again.', { cause });
}
