import { type UserRole } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model } from 'mongoose';

import { SessionEndings } from '../auth/session-endings.service';
import { isDuplicateKey } from '../database/is-duplicate-key';
import { User } from './schemas/user.schema';
import { UserDirectory } from './user-directory.service';

/** A person as a token of the host application describes them. */
export interface HostProfile {
  /** Empty where the host application names none. */
  issuer: string;
  subject: string;
  name: string;
  email: string;
  role: UserRole;
  /** When the token was issued, in seconds; 0 where it doesn't say. */
  issuedAt: number;
}

/**
 * People who sign in at the host application. They are known by issuer and subject alone: an email
 * address proves nothing here, so a host user never becomes the own account that has the same one.
 */
@Injectable()
export class HostUsersService {
  constructor(
    @InjectModel(User.name) private readonly users: Model<User>,
    private readonly directory: UserDirectory,
    private readonly sessionEndings: SessionEndings,
  ) {}

  /** The person, made at first sight. */
  async meet(profile: HostProfile): Promise<User> {
    return (await this.find(profile)) ?? (await this.create(profile));
  }

  /**
   * Takes name, email and role from a token that is the newest seen. An admin who is one no longer keeps
   * no session but this token's: the others were an admin's. Only for tokens that were not revoked.
   */
  async follow(user: User, profile: HostProfile, tokenFingerprint: string): Promise<User> {
    const change = changeOf(user, profile);
    if (!change) return user;
    const ending =
      user.role === 'admin' && change.role !== 'admin'
        ? { sessionsEndedAt: new Date(), keptTokenFingerprint: tokenFingerprint }
        : null;
    const generations = ending ? 1 : 0;
    const { matchedCount } = await this.users.updateOne(
      { _id: user._id, profileIssuedAt: user.profileIssuedAt ?? null },
      { $set: { ...change, ...ending }, $inc: { sessionGeneration: generations } },
    );
    if (matchedCount === 0) {
      // Another token was faster: what it says is judged anew.
      const present = await this.find(profile);
      return present ? this.follow(present, profile, tokenFingerprint) : user;
    }
    this.directory.forget(user._id.toHexString());
    const followed = {
      ...user,
      ...change,
      ...ending,
      sessionGeneration: user.sessionGeneration + generations,
    };
    this.sessionEndings.notice(followed);
    return followed;
  }

  private find({ issuer, subject }: HostProfile): Promise<User | null> {
    return this.users.findOne({ issuer, subject }).lean<User>().exec();
  }

  private async create({ issuedAt, ...profile }: HostProfile): Promise<User> {
    try {
      const user = await this.users.create({ ...profile, profileIssuedAt: issuedAt });
      return user.toObject();
    } catch (error) {
      // Another first call was faster; the index lets only one through.
      const user = isDuplicateKey(error) ? await this.find({ issuedAt, ...profile }) : null;
      if (!user) throw error;
      return user;
    }
  }
}

/** An older token that is still valid changes nothing, or two devices would rename a person to and fro. */
function changeOf(user: User, { name, email, role, issuedAt }: HostProfile) {
  const isNewest = issuedAt >= (user.profileIssuedAt ?? 0);
  const isSame = user.name === name && user.email === email && user.role === role;
  return isNewest && !isSame ? { name, email, role, profileIssuedAt: issuedAt } : null;
}
