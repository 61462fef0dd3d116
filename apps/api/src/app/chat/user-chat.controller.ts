import { apiPaths, ChatDto, ChatListDto, ChatListQueryDto } from '@elite-chat/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { CurrentUser } from '../auth/decorators/current-user.decorator';
import { ForRole } from '../auth/decorators/for-role.decorator';
import { ApiErrors } from '../config/api-errors.decorator';
import { threadController } from './thread.controller';

const THREAD = {
  messages: apiPaths.userMessages(':chatId'),
  read: apiPaths.userRead(':chatId'),
  close: apiPaths.userClose(':chatId'),
  reopen: apiPaths.userReopen(':chatId'),
};

/** The customer's side of the chat. */
@ApiTags('chat: customer')
@ApiBearerAuth()
@ForRole('user')
@Controller()
export class UserChatController extends threadController(THREAD) {
  /** The customer's active chat, or a new one; many calls at once make one */
  @Get(apiPaths.userChat)
  @ApiErrors()
  activeChat(@CurrentUser() user: AuthenticatedUser): Promise<ChatDto> {
    return this.chats.ownActiveChat(user);
  }

  /** All of the customer's chats, newest activity first */
  @Get(apiPaths.userChats)
  @ApiErrors('validation_failed')
  ownChats(@CurrentUser() user: AuthenticatedUser, @Query() query: ChatListQueryDto): Promise<ChatListDto> {
    return this.chats.ownChats(user, query);
  }
}
