import { apiPaths, CustomersPresenceDto, PresenceQueryDto, SupportPresenceDto } from '@elite-chat/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { CurrentUser } from '../../auth/decorators/current-user.decorator';
import { ForRole } from '../../auth/decorators/for-role.decorator';
import { ApiErrors } from '../../config/api-errors.decorator';
import { PresenceService } from './presence.service';

/** Who is there. */
@ApiBearerAuth()
@Controller()
export class PresenceController {
  constructor(private readonly presence: PresenceService) {}

  /** Whether customers are there; `customer_presence` tells of each change */
  @Get(apiPaths.adminPresence)
  @ApiTags('chat: admin')
  @ForRole('admin')
  @ApiErrors('validation_failed')
  customers(@CurrentUser() user: AuthenticatedUser, @Query() query: PresenceQueryDto): CustomersPresenceDto {
    return this.presence.customers(user, query);
  }

  /** Whether somebody answers; `support_presence` tells of each change */
  @Get(apiPaths.userSupport)
  @ApiTags('chat: customer')
  @ForRole('user')
  support(@CurrentUser() user: AuthenticatedUser): SupportPresenceDto {
    return this.presence.support(user);
  }
}
