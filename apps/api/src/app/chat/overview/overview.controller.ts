import { apiPaths, OverviewDto, OverviewQueryDto } from '@elite-chat/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { CurrentUser } from '../../auth/decorators/current-user.decorator';
import { ForRole } from '../../auth/decorators/for-role.decorator';
import { ApiErrors } from '../../config/api-errors.decorator';
import { OverviewService } from './overview.service';

/** The admins' overview. */
@ApiTags('chat: admin')
@ApiBearerAuth()
@ForRole('admin')
@Controller()
export class OverviewController {
  constructor(private readonly overviews: OverviewService) {}

  /** The figures as they are now; `overview_updated` tells of each change but that of `messagesToday` */
  @Get(apiPaths.adminOverview)
  @ApiErrors('validation_failed')
  overview(@CurrentUser() user: AuthenticatedUser, @Query() query: OverviewQueryDto): Promise<OverviewDto> {
    return this.overviews.overview(user, query);
  }
}
