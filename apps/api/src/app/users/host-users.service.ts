import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model } from 'mongoose';
import { Subject } from 'rxjs';

import { isDuplicateKey } from '../database/is-duplicate-key';
import { changeOf, type HostProfile } from './host-profile';
import { User } from './schemas/user.schema';
import { SessionEndings } from './session-endings.service';
import { UserDirectory } from './user-directory.service';

/**
 * People who sign in at the host application. They are known by issuer and subject alone: an email
 * address proves nothing here, so a host user never becomes the own account that has the same one.
 */
@Injectable()
export class HostUsersService implements OnModuleDestroy {
  private readonly changedAdmins = new Subject<User>();

  /** Fires with each admin who is met, changes name or email, or is one no longer, by a token that this node saw. */
  readonly adminChanges = this.changedAdmins.asObservable();

  constructor(
    @InjectModel(User.name) private readonly users: Model<User>,
    private readonly directory: UserDirectory,
    private readonly sessionEndings: SessionEndings,
  ) {}

  onModuleDestroy(): void {
    this.changedAdmins.complete();
  }

  /** The person, made at first sight. */
  async meet(profile: HostProfile): Promise<User> {
    return (await this.find(profile)) ?? (await this.create(profile));
  }

  /**
   * Takes name, email and role from a token that is the newest seen. An admin who is one no longer keeps
   * no session but this token's: the others were an admin's. Only for tokens that were not revoked.
   * @param user as read when the token was judged
   * @returns null, and nothing is taken, when the person has changed since: read and judge again
   */
  async follow(user: User, profile: HostProfile, tokenFingerprint: string): Promise<User | null> {
    const change = changeOf(user, profile);
    if (!change) return user;
    const { _id, sessionGeneration, profileIssuedAt = null, newestTokenExpiry = null } = user;
    const ending =
      user.role === 'admin' && change.role === 'user'
        ? {
            sessionsEndedAt: new Date(),
            keptTokenFingerprint: tokenFingerprint,
            endedTokenExpiry: change.newestTokenExpiry ?? newestTokenExpiry,
          }
        : null;
    const generations = ending ? 1 : 0;
    const { matchedCount } = await this.users.updateOne(
      { _id, sessionGeneration, profileIssuedAt, newestTokenExpiry },
      { $set: { ...change, ...ending }, $inc: { sessionGeneration: generations } },
    );
    if (matchedCount === 0) return null;
    this.directory.forget(_id.toHexString());
    const followed = { ...user, ...change, ...ending, sessionGeneration: sessionGeneration + generations };
    this.sessionEndings.notice(followed);
    // Otherwise only the token's expiry was noted.
    const isAnother =
      followed.name !== user.name || followed.email !== user.email || followed.role !== user.role;
    if (isAnother && [user.role, followed.role].includes('admin')) this.changedAdmins.next(followed);
    return followed;
  }

  private find({ issuer, subject }: Pick<HostProfile, 'issuer' | 'subject'>): Promise<User | null> {
    return this.users.findOne({ issuer, subject }).lean<User>().exec();
  }

  private async create({ issuedAt, expiresAt, ...profile }: HostProfile): Promise<User> {
    try {
      const user = await this.users.create({
        ...profile,
        profileIssuedAt: issuedAt ?? 0,
        newestTokenExpiry: issuedAt === null ? expiresAt : null,
      });
      const met = user.toObject();
      if (met.role === 'admin') this.changedAdmins.next(met);
      return met;
    } catch (error) {
      // Another first call was faster; the index lets only one through.
      const user = isDuplicateKey(error) ? await this.find(profile) : null;
      if (!user) throw error;
      return user;
    }
  }
}
