import {
  type ChangePasswordDto,
  type LoginDto,
  normalizeEmail,
  type RegisterDto,
  type SessionDto,
} from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';

import { ApiError } from '../errors/api-error';
import { PasswordHasher } from '../users/password-hasher.service';
import { isOwnAccount, type User } from '../users/schemas/user.schema';
import { UsersService } from '../users/users.service';
import { type AuthenticatedUser } from './authenticated-user';
import { LoginSlowdown } from './login-slowdown.service';
import { TokenIssuer } from './token-issuer.service';

/** Signing up, signing in, and what people do with their own sessions. */
@Injectable()
export class AuthService {
  constructor(
    private readonly users: UsersService,
    private readonly hasher: PasswordHasher,
    private readonly slowdown: LoginSlowdown,
    private readonly tokens: TokenIssuer,
  ) {}

  /** @throws ApiError `email_taken`; `busy` */
  async register(registration: RegisterDto): Promise<SessionDto> {
    return this.session(await this.users.createAccount(registration, 'user'));
  }

  /**
   * Takes the same path, and so the same time, whether the email is unknown or the password wrong.
   * @throws ApiError `invalid_credentials`, also for a disabled account; `busy`
   */
  async login({ email, password }: LoginDto): Promise<SessionDto> {
    const account = normalizeEmail(email);
    await this.slowdown.beforeAttempt(account);
    const user = await this.users.findAccount(account);
    const isRight = await this.hasher.verify(password, user?.passwordHash);
    if (!user || !isRight || user.isDisabled) {
      throw new ApiError('invalid_credentials', 'Email address or password is wrong.');
    }
    this.slowdown.succeeded(account);
    return this.session(user);
  }

  /**
   * Ends all other sessions too: whoever knew the old password is out.
   * @throws ApiError `invalid_credentials` for a wrong current password, `forbidden` for a host user; `busy`
   */
  async changePassword(caller: AuthenticatedUser, { current, next }: ChangePasswordDto): Promise<void> {
    await this.slowdown.beforeAttempt(caller.email);
    const user = await this.users.findById(caller.id);
    if (!user || !isOwnAccount(user)) {
      throw new ApiError('forbidden', 'You sign in at the host application: change your password there.');
    }
    const isRight = await this.hasher.verify(current, user.passwordHash);
    if (!isRight || !(await this.users.changePassword(user, next, caller.tokenFingerprint))) {
      throw new ApiError('invalid_credentials', 'The current password is wrong.', {
        details: [{ field: 'current', message: 'current is not your password' }],
      });
    }
    this.slowdown.succeeded(user.email);
  }

  /** Ends every session of this person but the calling one. */
  signOutEverywhere(caller: AuthenticatedUser): Promise<void> {
    return this.users.endOtherSessions(caller.id, caller.tokenFingerprint);
  }

  private async session(user: User): Promise<SessionDto> {
    const { _id, name, email, role } = user;
    return { token: await this.tokens.issue(user), user: { id: _id.toHexString(), name, email, role } };
  }
}
