import { type AuditPageDto, type AuditPageQueryDto, PAGE_LIMIT_DEFAULT } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { requireAdmin } from '../auth/require-admin';
import { AuditLog } from './audit-log.service';
import { toAuditEntry } from './audit.mapper';

/** What admins read of the audit log. */
@Injectable()
export class AuditService {
  constructor(private readonly log: AuditLog) {}

  /** A page, newest first. */
  async page(
    user: AuthenticatedUser,
    { before, limit = PAGE_LIMIT_DEFAULT }: AuditPageQueryDto,
  ): Promise<AuditPageDto> {
    requireAdmin(user);
    const entries = await this.log.page(before, limit);
    // The first entry has the number 1, and none is missing.
    return { entries: entries.map(toAuditEntry), hasMore: (entries.at(-1)?._id ?? 1) > 1 };
  }
}
