import {
  AdminReferenceDto,
  apiPaths,
  NewAdminDto,
  ResetPasswordDto,
  TeamListDto,
  TeamMemberDto,
  TeamQueryDto,
} from '@elite-chat/contracts';
import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { CurrentUser } from '../auth/decorators/current-user.decorator';
import { ForRole } from '../auth/decorators/for-role.decorator';
import { ApiErrors } from '../config/api-errors.decorator';
import { TeamService } from './team.service';

/** The admins, and what they do with each other's accounts. */
@ApiTags('team')
@ApiBearerAuth()
@ForRole('admin')
@Controller()
export class TeamController {
  constructor(private readonly team: TeamService) {}

  /** All admins, in the order in which their accounts were made; `team_updated` tells of each change */
  @Get(apiPaths.adminTeam)
  @ApiErrors('validation_failed')
  list(@CurrentUser() user: AuthenticatedUser, @Query() query: TeamQueryDto): Promise<TeamListDto> {
    return this.team.list(user, query);
  }

  /** Make an admin, who signs in with this email and password */
  @Post(apiPaths.adminTeam)
  @ApiErrors('validation_failed', 'email_taken', 'busy')
  create(@CurrentUser() user: AuthenticatedUser, @Body() body: NewAdminDto): Promise<TeamMemberDto> {
    return this.team.create(user, body);
  }

  /** Refuse an admin from now on and end all their sessions; never the last one who can sign in */
  @Post(apiPaths.adminDisable(':adminId'))
  @HttpCode(HttpStatus.OK)
  @ApiErrors('validation_failed', 'not_found')
  disable(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { adminId }: AdminReferenceDto,
  ): Promise<TeamMemberDto> {
    return this.team.disable(user, adminId);
  }

  /** Let a disabled admin sign in again */
  @Post(apiPaths.adminEnable(':adminId'))
  @HttpCode(HttpStatus.OK)
  @ApiErrors('validation_failed', 'not_found')
  enable(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { adminId }: AdminReferenceDto,
  ): Promise<TeamMemberDto> {
    return this.team.enable(user, adminId);
  }

  /** Give a colleague another password and end all their sessions; not oneself, nor admins of the host application */
  @Post(apiPaths.adminPassword(':adminId'))
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse({ description: 'Changed' })
  @ApiErrors('validation_failed', 'not_found', 'busy')
  resetPassword(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { adminId }: AdminReferenceDto,
    @Body() body: ResetPasswordDto,
  ): Promise<void> {
    return this.team.resetPassword(user, adminId, body);
  }
}
