import { IsInt, IsOptional, Max, Min } from 'class-validator';

import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, SEQ_MAX } from '../limits';

/** Everything that is recorded in the audit log. */
export const AUDIT_ACTIONS = [
  'admin_created',
  'admin_disabled',
  'admin_enabled',
  'admin_password_reset',
] as const;

/** What was done. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did something, or whom or what it concerned. */
export class AuditPartyDto {
  /**
   * Their id; with an act on an admin, the admin's
   * @example 665f1f77bcf86cd799439012
   */
  id!: string;

  /**
   * Their name at that time
   * @example "Ada Moss"
   */
  name!: string;
}

/** One act in the audit log; the payload of `audit_recorded`. Never changed, never removed. */
export class AuditEntryDto {
  /** Its number: the first is 1, and none is left out */
  seq!: number;

  /** What was done */
  action!: AuditAction;

  /** Who did it */
  actor!: AuditPartyDto;

  /** Whom or what it concerned */
  subject!: AuditPartyDto;

  /** When it was done (ISO 8601, UTC) */
  at!: string;
}

/** A page of the audit log, newest first. */
export class AuditPageDto {
  /** The entries, descending by `seq` */
  entries!: AuditEntryDto[];

  /** Whether there are older ones */
  hasMore!: boolean;
}

/** Query of a page of the audit log; without `before` the newest page. */
export class AuditPageQueryDto {
  /** Entries before this number */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(SEQ_MAX)
  before?: number;

  /** Entries of the page */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(PAGE_LIMIT_MAX)
  limit?: number = PAGE_LIMIT_DEFAULT;
}
