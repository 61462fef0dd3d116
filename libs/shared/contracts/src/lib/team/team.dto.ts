import type { UserRole } from '../accounts/user.dto';
import type { Presence } from '../presence/presence.dto';

/** An admin, as other admins see one; the payload of `team_updated`. */
export class TeamMemberDto {
  /**
   * The admin's id
   * @example 665f1f77bcf86cd799439012
   */
  id!: string;

  /**
   * The admin's name
   * @example "Ada Moss"
   */
  name!: string;

  /**
   * The admin's email address
   * @example admin@example.com
   */
  email!: string;

  /** `admin`; `user` only in `team_updated`, of a person of the host application who is no admin any more */
  role!: UserRole;

  /** Whether they sign in at the host application, which keeps their name, role and password */
  isHostUser!: boolean;

  /** Whether they are refused everywhere until somebody enables them */
  isDisabled!: boolean;

  /** Whether they can sign in: not disabled, and with an own account or while `HOST_ADMINS` is true */
  canSignIn!: boolean;

  /** Whether they are there; `team_presence` tells of each change */
  presence!: Presence;

  /** When the account was made here (ISO 8601, UTC) */
  createdAt!: string;
}

/** A page of admins, in the order in which their accounts were made. */
export class TeamListDto {
  /** The admins */
  members!: TeamMemberDto[];

  /** Pass it as `cursor` for the next page; null at the end */
  nextCursor!: string | null;
}

/** Whether one admin is there. */
export class AdminPresenceDto {
  /** The admin's id */
  adminId!: string;

  /** The best of all their connections */
  presence!: Presence;
}

/** Whether some admins are there; payload of `team_presence`. */
export class TeamPresenceDto {
  /** Each admin once */
  members!: AdminPresenceDto[];
}
