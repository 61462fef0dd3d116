import { apiPaths, AuditPageDto, AuditPageQueryDto } from '@elite-chat/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { CurrentUser } from '../auth/decorators/current-user.decorator';
import { ForRole } from '../auth/decorators/for-role.decorator';
import { ApiErrors } from '../config/api-errors.decorator';
import { AuditService } from './audit.service';

/** What was done, and by whom. */
@ApiTags('team')
@ApiBearerAuth()
@ForRole('admin')
@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  /** The audit log, newest first; `audit_recorded` tells of each new entry */
  @Get(apiPaths.adminAudit)
  @ApiErrors('validation_failed')
  page(@CurrentUser() user: AuthenticatedUser, @Query() query: AuditPageQueryDto): Promise<AuditPageDto> {
    return this.audit.page(user, query);
  }
}
