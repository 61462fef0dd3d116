import { normalizeEmail, normalizePersonName, type RegisterDto, type UserRole } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, type QueryFilter, Types } from 'mongoose';

import { isDuplicateKey } from '../database/is-duplicate-key';
import { ApiError } from '../errors/api-error';
import { PasswordHasher } from './password-hasher.service';
import { OWN_ISSUER, User } from './schemas/user.schema';
import { SessionEndings } from './session-endings.service';
import { UserDirectory } from './user-directory.service';

/** People as they are stored, and all that can happen to an own account. */
@Injectable()
export class UsersService {
  constructor(
    @InjectModel(User.name) private readonly users: Model<User>,
    private readonly hasher: PasswordHasher,
    private readonly directory: UserDirectory,
    private readonly sessionEndings: SessionEndings,
  ) {}

  /** The person with this id (24 hexadecimal digits), or null. */
  findById(id: string): Promise<User | null> {
    return this.users.findById(new Types.ObjectId(id)).lean<User>().exec();
  }

  /** The own account with this email, or null; a host user with the same email is somebody else. */
  findAccount(email: string): Promise<User | null> {
    return this.users
      .findOne({ issuer: OWN_ISSUER, subject: normalizeEmail(email) })
      .lean<User>()
      .exec();
  }

  /**
   * Makes an own account.
   * @throws ApiError `email_taken` when there is one with this email, `busy` when too many passwords wait
   */
  async createAccount(account: RegisterDto, role: UserRole): Promise<User> {
    const email = normalizeEmail(account.email);
    if (await this.findAccount(email)) throw emailTaken();
    const passwordHash = await this.hasher.hash(account.password);
    try {
      const name = normalizePersonName(account.name);
      const identity = { issuer: OWN_ISSUER, subject: email };
      const user = await this.users.create({ ...identity, name, email, role, passwordHash });
      return user.toObject();
    } catch (error) {
      // The index decides when several ask at once.
      throw isDuplicateKey(error) ? emailTaken() : error;
    }
  }

  /**
   * Gives the account another password and ends all its sessions but one.
   * @returns whether it was done: not when the account has changed since it was read
   */
  async changePassword(account: User, next: string, keptTokenFingerprint: string): Promise<boolean> {
    const passwordHash = await this.hasher.hash(next);
    return this.endSessions(
      { _id: account._id, passwordHash: account.passwordHash },
      { passwordHash, keptTokenFingerprint },
    );
  }

  /** Ends all sessions of a person but one. */
  async endOtherSessions(id: string, keptTokenFingerprint: string): Promise<void> {
    await this.endSessions({ _id: new Types.ObjectId(id) }, { keptTokenFingerprint });
  }

  /** Refuses a person from now on, everywhere, and ends all their sessions. */
  async disable(id: string): Promise<void> {
    await this.endSessions({ _id: new Types.ObjectId(id) }, { isDisabled: true, keptTokenFingerprint: null });
  }

  /** Lets a disabled person sign in again. */
  async enable(id: string): Promise<void> {
    await this.users.updateOne({ _id: new Types.ObjectId(id) }, { $set: { isDisabled: false } });
    this.directory.forget(id);
  }

  private async endSessions(
    filter: QueryFilter<User> & Pick<User, '_id'>,
    change: Pick<User, 'keptTokenFingerprint'> & Partial<Pick<User, 'passwordHash' | 'isDisabled'>>,
  ): Promise<boolean> {
    const id = filter._id.toHexString();
    const user = await this.findById(id);
    if (!user) return false;
    const endedTokenExpiry = user.newestTokenExpiry ?? null;
    const { matchedCount } = await this.users.updateOne(filter, {
      $set: { ...change, endedTokenExpiry, sessionsEndedAt: new Date() },
      $inc: { sessionGeneration: 1 },
    });
    if (matchedCount === 0) return false;
    this.directory.forget(id);
    const ended = await this.findById(id);
    if (ended) this.sessionEndings.notice(ended);
    return true;
  }
}

function emailTaken(): ApiError {
  return new ApiError('email_taken', 'There is an account with this email address already.', {
    details: [{ field: 'email', message: 'email belongs to an existing account' }],
  });
}
