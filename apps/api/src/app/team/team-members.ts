import { type TeamListDto, type TeamMemberDto } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type ClientSession, type Model, Types } from 'mongoose';

import { PresenceDirectory } from '../chat/presence/presence-directory';
import { Environment } from '../config/environment';
import { isOwnAccount, User } from '../users/schemas/user.schema';

/** Ends of every window of ids. */
const FIRST_ID = new Types.ObjectId('0'.repeat(24));
const LAST_ID = new Types.ObjectId('f'.repeat(24));

/** Admins that one answer of the database carries while somebody is looked for. */
const BATCH = 100;

/** The admins as they are stored, and as other admins see them. */
@Injectable()
export class TeamMembers {
  constructor(
    @InjectModel(User.name) private readonly users: Model<User>,
    private readonly environment: Environment,
    private readonly presence: PresenceDirectory,
  ) {}

  /**
   * A page, in the order in which the accounts were made.
   * @param cursor the id of the last admin of the page before
   */
  async page(cursor: string | undefined, limit: number): Promise<TeamListDto> {
    const after = cursor === undefined ? FIRST_ID : new Types.ObjectId(cursor);
    // One more than asked tells whether there is a next page.
    const found = await this.users
      .find({ role: 'admin', _id: { $gt: after, $lte: LAST_ID } })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<User[]>();
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { members: page.map((user) => this.toMember(user)), nextCursor: last?._id.toHexString() ?? null };
  }

  /** Whether another admin than this one can sign in. */
  async hasOtherWhoCanSignIn(id: Types.ObjectId, session: ClientSession): Promise<boolean> {
    const admins = this.users
      .find({ role: 'admin', _id: { $gte: FIRST_ID, $lte: LAST_ID } })
      .select({ issuer: 1, isDisabled: 1 })
      .session(session)
      .lean<Pick<User, '_id' | 'issuer' | 'isDisabled'>[]>()
      .cursor({ batchSize: BATCH });
    for await (const admin of admins) {
      if (!admin._id.equals(id) && this.canSignIn(admin)) return true;
    }
    return false;
  }

  /** An admin as others see one. */
  toMember(user: User): TeamMemberDto {
    const id = user._id.toHexString();
    return {
      id,
      name: user.name,
      email: user.email,
      role: user.role,
      isHostUser: !isOwnAccount(user),
      isDisabled: user.isDisabled,
      canSignIn: this.canSignIn(user),
      presence: this.presence.presenceOf(id),
      createdAt: user.createdAt.toISOString(),
    };
  }

  private canSignIn(user: Pick<User, 'issuer' | 'isDisabled'>): boolean {
    return !user.isDisabled && (isOwnAccount(user) || this.environment.hostAdmins);
  }
}
