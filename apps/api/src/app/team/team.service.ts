import {
  type AuditAction,
  type NewAdminDto,
  PAGE_LIMIT_DEFAULT,
  type ResetPasswordDto,
  type TeamListDto,
  type TeamMemberDto,
  type TeamQueryDto,
} from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type ClientSession, type Connection } from 'mongoose';

import { AuditLog } from '../audit/audit-log.service';
import { toAuditEntry } from '../audit/audit.mapper';
import { type AuditEntry } from '../audit/schemas/audit-entry.schema';
import { type AuthenticatedUser } from '../auth/authenticated-user';
import { requireAdmin } from '../auth/require-admin';
import { ChatBroadcaster } from '../chat/chat.broadcaster';
import { inTransaction } from '../database/in-transaction';
import { ApiError } from '../errors/api-error';
import { isOwnAccount, type User } from '../users/schemas/user.schema';
import { UsersService } from '../users/users.service';
import { invalidInput } from '../validation/validate-input';
import { TeamMembers } from './team-members';

/** What an act came to: the entry that tells of it, or null when there was nothing to do. */
interface Outcome {
  user: User;
  entry: AuditEntry | null;
}

/**
 * What admins do with the accounts of admins. Each act is one transaction with its entry in the audit log.
 * All of them write the log's head, so they happen one after another, on whichever node: what one is judged
 * by, the others have left behind.
 */
@Injectable()
export class TeamService {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly users: UsersService,
    private readonly members: TeamMembers,
    private readonly audit: AuditLog,
    private readonly broadcaster: ChatBroadcaster,
  ) {}

  /** A page of all admins, in the order in which their accounts were made. */
  async list(
    user: AuthenticatedUser,
    { cursor, limit = PAGE_LIMIT_DEFAULT }: TeamQueryDto,
  ): Promise<TeamListDto> {
    requireAdmin(user);
    return this.members.page(cursor, limit);
  }

  /**
   * Makes an admin who signs in with an own account.
   * @throws ApiError `email_taken` when there is an account with this email; `busy`
   */
  async create(actor: AuthenticatedUser, input: NewAdminDto): Promise<TeamMemberDto> {
    requireAdmin(actor);
    const account = await this.users.newAccount(input, 'admin');
    const outcome = await inTransaction(this.connection, async (session) => {
      const user = await this.users.storeAccount(account, session);
      const entry = await this.record(session, 'admin_created', actor, user);
      await this.requireStillAdmin(session, actor);
      return { user, entry };
    });
    return this.tell(outcome);
  }

  /**
   * Refuses an admin from now on and ends all their sessions; again changes nothing.
   * @throws ApiError `not_found`; `validation_failed` for the last one who can sign in
   */
  async disable(actor: AuthenticatedUser, adminId: string): Promise<TeamMemberDto> {
    requireAdmin(actor);
    return this.act(actor, adminId, 'admin_disabled', async (session, user) => {
      if (user.isDisabled) return false;
      if (!(await this.members.hasOtherWhoCanSignIn(user._id, session))) throw lastAdmin();
      await this.users.disable(adminId, session);
      return true;
    });
  }

  /**
   * Lets a disabled admin sign in again; again changes nothing.
   * @throws ApiError `not_found`
   */
  async enable(actor: AuthenticatedUser, adminId: string): Promise<TeamMemberDto> {
    requireAdmin(actor);
    return this.act(actor, adminId, 'admin_enabled', async (session, user) => {
      if (!user.isDisabled) return false;
      await this.users.enable(adminId, session);
      return true;
    });
  }

  /**
   * Gives a colleague another password and ends all their sessions. One's own is changed with the present
   * one: a screen that was left alone must not be enough.
   * @throws ApiError `not_found`; `validation_failed` for an admin of the host application, and for oneself; `busy`
   */
  async resetPassword(
    actor: AuthenticatedUser,
    adminId: string,
    { password }: ResetPasswordDto,
  ): Promise<void> {
    requireAdmin(actor);
    if (adminId.toLowerCase() === actor.id) {
      throw invalidAdmin('adminId is yourself: change your own password with POST auth/password');
    }
    const passwordHash = await this.users.hashPassword(password);
    await this.act(actor, adminId, 'admin_password_reset', async (session, user) => {
      if (!isOwnAccount(user)) {
        throw invalidAdmin('adminId is an admin of the host application, who has no password here');
      }
      await this.users.resetPassword(adminId, passwordHash, session);
      return true;
    });
  }

  /** Does something to an admin and records it. `change` answers false when there is nothing to do. */
  private async act(
    actor: AuthenticatedUser,
    adminId: string,
    action: AuditAction,
    change: (session: ClientSession, user: User) => Promise<boolean>,
  ): Promise<TeamMemberDto> {
    const known = await this.requireMember(adminId);
    const outcome = await inTransaction(this.connection, async (session): Promise<Outcome> => {
      const entry = await this.record(session, action, actor, known);
      await this.requireStillAdmin(session, actor);
      const user = await this.requireMember(adminId, session);
      if (!(await change(session, user))) {
        await session.abortTransaction();
        return { user, entry: null };
      }
      return { user, entry };
    });
    return this.tell(outcome);
  }

  private record(
    session: ClientSession,
    action: AuditAction,
    actor: AuthenticatedUser,
    { _id, name }: Pick<User, '_id' | 'name'>,
  ): Promise<AuditEntry> {
    return this.audit.record(session, { action, actor, subject: { id: _id.toHexString(), name } });
  }

  private async requireMember(adminId: string, session: ClientSession | null = null): Promise<User> {
    const user = await this.users.findById(adminId, session);
    if (user?.role !== 'admin') throw new ApiError('not_found', 'There is no such admin.');
    return user;
  }

  /** Of two admins who disable each other at the same moment, the second is an admin no longer. */
  private async requireStillAdmin(session: ClientSession, actor: AuthenticatedUser): Promise<void> {
    const user = await this.users.findById(actor.id, session);
    if (user?.role !== 'admin' || user.isDisabled) {
      throw new ApiError('unauthorized', 'This account is disabled.');
    }
  }

  /** Tells everybody what was done, and gives back the admin as they are now. */
  private async tell({ user, entry }: Outcome): Promise<TeamMemberDto> {
    if (!entry) return this.members.toMember(user);
    const id = user._id.toHexString();
    await this.users.changed(id);
    const member = this.members.toMember((await this.users.findById(id)) ?? user);
    this.broadcaster.teamUpdated(member);
    this.broadcaster.auditRecorded(toAuditEntry(entry));
    return member;
  }
}

function invalidAdmin(message: string): ApiError {
  return invalidInput([{ field: 'adminId', message }]);
}

function lastAdmin(): ApiError {
  return invalidAdmin('adminId is the last admin who can sign in: make or enable another one first');
}
