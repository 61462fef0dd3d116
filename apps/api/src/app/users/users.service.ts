import { normalizeEmail, normalizePersonName, type RegisterDto, type UserRole } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type ClientSession, type Model, type QueryFilter, Types } from 'mongoose';

import { isDuplicateKey } from '../database/is-duplicate-key';
import { ApiError } from '../errors/api-error';
import { PasswordHasher } from './password-hasher.service';
import { OWN_ISSUER, User } from './schemas/user.schema';
import { SessionEndings } from './session-endings.service';
import { UserDirectory } from './user-directory.service';

/** An own account that is ready to be stored. */
export type NewAccount = Pick<User, 'name' | 'email' | 'role' | 'issuer' | 'subject' | 'passwordHash'>;

/**
 * People as they are stored, and all that can happen to an own account. An act that is given a session is a
 * part of that transaction; what it tells others is told by {@link changed}, to be called once that is committed.
 */
@Injectable()
export class UsersService {
  constructor(
    @InjectModel(User.name) private readonly users: Model<User>,
    private readonly hasher: PasswordHasher,
    private readonly directory: UserDirectory,
    private readonly sessionEndings: SessionEndings,
  ) {}

  /** The person with this id (24 hexadecimal digits), or null. */
  findById(id: string, session: ClientSession | null = null): Promise<User | null> {
    return this.users.findById(new Types.ObjectId(id)).session(session).lean<User>().exec();
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
    return this.storeAccount(await this.newAccount(account, role));
  }

  /**
   * What is to be stored of an own account. Hashing takes long, so it is done before a transaction begins.
   * @throws ApiError `email_taken` when there is one with this email, `busy` when too many passwords wait
   */
  async newAccount(account: RegisterDto, role: UserRole): Promise<NewAccount> {
    const email = normalizeEmail(account.email);
    if (await this.findAccount(email)) throw emailTaken();
    const passwordHash = await this.hasher.hash(account.password);
    const name = normalizePersonName(account.name);
    return { issuer: OWN_ISSUER, subject: email, name, email, role, passwordHash };
  }

  /** @throws ApiError `email_taken` when another was faster */
  async storeAccount(account: NewAccount, session: ClientSession | null = null): Promise<User> {
    try {
      const user = new this.users(account);
      await user.save({ session });
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

  /** The hash of a password that somebody is to be given by {@link resetPassword}. */
  hashPassword(password: string): Promise<string> {
    return this.hasher.hash(password);
  }

  /** Gives an account another password, whatever it was, and ends all its sessions. */
  async resetPassword(id: string, passwordHash: string, session: ClientSession): Promise<void> {
    await this.endSessions(
      { _id: new Types.ObjectId(id) },
      { passwordHash, keptTokenFingerprint: null },
      session,
    );
  }

  /** Refuses a person from now on, everywhere, and ends all their sessions. */
  async disable(id: string, session: ClientSession | null = null): Promise<void> {
    const change = { isDisabled: true, keptTokenFingerprint: null };
    await this.endSessions({ _id: new Types.ObjectId(id) }, change, session);
  }

  /** Lets a disabled person sign in again. */
  async enable(id: string, session: ClientSession | null = null): Promise<void> {
    const change = { $set: { isDisabled: false } };
    await this.users.updateOne({ _id: new Types.ObjectId(id) }, change).session(session);
    if (!session) await this.changed(id);
  }

  /** Lets the rest of this node know what has become of a person: their name, and sessions that have ended. */
  async changed(id: string): Promise<void> {
    this.directory.forget(id);
    const user = await this.findById(id);
    if (user) this.sessionEndings.notice(user);
  }

  private async endSessions(
    filter: QueryFilter<User> & Pick<User, '_id'>,
    change: Pick<User, 'keptTokenFingerprint'> & Partial<Pick<User, 'passwordHash' | 'isDisabled'>>,
    session: ClientSession | null = null,
  ): Promise<boolean> {
    const id = filter._id.toHexString();
    const user = await this.findById(id, session);
    if (!user) return false;
    const endedTokenExpiry = user.newestTokenExpiry ?? null;
    const { matchedCount } = await this.users
      .updateOne(filter, {
        $set: { ...change, endedTokenExpiry, sessionsEndedAt: new Date() },
        $inc: { sessionGeneration: 1 },
      })
      .session(session);
    if (matchedCount === 0) return false;
    if (!session) await this.changed(id);
    return true;
  }
}

function emailTaken(): ApiError {
  return new ApiError('email_taken', 'There is an account with this email address already.', {
    details: [{ field: 'email', message: 'email belongs to an existing account' }],
  });
}
