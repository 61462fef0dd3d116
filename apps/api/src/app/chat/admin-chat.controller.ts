import {
  apiPaths,
  AssignChatDto,
  ChatDto,
  ChatListDto,
  ChatReferenceDto,
  InboxQueryDto,
} from '@elite-chat/contracts';
import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { CurrentUser } from '../auth/decorators/current-user.decorator';
import { ForRole } from '../auth/decorators/for-role.decorator';
import { ApiErrors } from '../config/api-errors.decorator';
import { threadController } from './thread.controller';

const THREAD = {
  messages: apiPaths.adminMessages(':chatId'),
  read: apiPaths.adminRead(':chatId'),
  close: apiPaths.adminClose(':chatId'),
  reopen: apiPaths.adminReopen(':chatId'),
};

/** The admins' side of the chat. */
@ApiTags('chat: admin')
@ApiBearerAuth()
@ForRole('admin')
@Controller()
export class AdminChatController extends threadController(THREAD, 'stale_reply') {
  /** The inbox: every chat with a message, or those that `show` names, newest activity first */
  @Get(apiPaths.adminChats)
  @ApiErrors('validation_failed')
  inbox(@CurrentUser() user: AuthenticatedUser, @Query() query: InboxQueryDto): Promise<ChatListDto> {
    return this.chats.inbox(user, query);
  }

  /** Make an admin the one who answers, also over another; the same again changes nothing */
  @Post(apiPaths.adminAssign(':chatId'))
  @HttpCode(HttpStatus.OK)
  @ApiErrors('validation_failed', 'not_found', 'busy', 'unavailable')
  assign(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { chatId }: ChatReferenceDto,
    @Body() body: AssignChatDto,
  ): Promise<ChatDto> {
    return this.chats.assign(user, chatId, body);
  }

  /** Let nobody be assigned: the first admin to answer then is; the same again changes nothing */
  @Post(apiPaths.adminUnassign(':chatId'))
  @HttpCode(HttpStatus.OK)
  @ApiErrors('validation_failed', 'not_found', 'busy', 'unavailable')
  unassign(@CurrentUser() user: AuthenticatedUser, @Param() { chatId }: ChatReferenceDto): Promise<ChatDto> {
    return this.chats.unassign(user, chatId);
  }
}
