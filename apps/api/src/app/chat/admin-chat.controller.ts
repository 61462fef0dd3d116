import {
  apiPaths,
  AssignChatDto,
  ChatDto,
  ChatListDto,
  ChatListQueryDto,
  ChatReferenceDto,
  MarkReadDto,
  MessageDto,
  MessagePageDto,
  MessagePageQueryDto,
  ReadReceiptDto,
  SendMessageDto,
} from '@elite-chat/contracts';
import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { CurrentUser } from '../auth/decorators/current-user.decorator';
import { ForRole } from '../auth/decorators/for-role.decorator';
import { ApiErrors } from '../config/api-errors.decorator';
import { ChatsService } from './chats.service';
import { MessagesService } from './messages.service';
import { ReadMarksService } from './read-marks.service';

/** The admins' side of the chat. */
@ApiTags('chat: admin')
@ApiBearerAuth()
@ForRole('admin')
@Controller()
export class AdminChatController {
  constructor(
    private readonly chats: ChatsService,
    private readonly messages: MessagesService,
    private readonly readMarks: ReadMarksService,
  ) {}

  /** The inbox: every chat with a message, newest activity first */
  @Get(apiPaths.adminChats)
  @ApiErrors('validation_failed')
  inbox(@CurrentUser() user: AuthenticatedUser, @Query() query: ChatListQueryDto): Promise<ChatListDto> {
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

  /** A page of the thread: the newest, those before a number, or the entries after one */
  @Get(apiPaths.adminMessages(':chatId'))
  @ApiErrors('validation_failed', 'not_found')
  page(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { chatId }: ChatReferenceDto,
    @Query() query: MessagePageQueryDto,
  ): Promise<MessagePageDto> {
    return this.messages.page(user, chatId, query);
  }

  /** Send a message; 201 once it is stored, 200 when an earlier try had stored it */
  @Post(apiPaths.adminMessages(':chatId'))
  @ApiCreatedResponse({ type: MessageDto, description: 'Stored' })
  @ApiCreatedResponse({ type: MessageDto, description: 'Stored' })
  @ApiOkResponse({ type: MessageDto, description: 'An earlier try had stored it' })
  @ApiErrors(
    'validation_failed',
    'not_found',
    'id_reused',
    'chat_closed',
    'payload_too_large',
    'busy',
    'unavailable',
  )
  async send(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { chatId }: ChatReferenceDto,
    @Body() body: SendMessageDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageDto> {
    const { message, isNew } = await this.messages.send(user, chatId, body);
    reply.status(isNew ? HttpStatus.CREATED : HttpStatus.OK);
    return message;
  }

  /** The admins have read up to a number; moves by the assigned admin, or by any while nobody is assigned */
  @Post(apiPaths.adminRead(':chatId'))
  @HttpCode(HttpStatus.OK)
  @ApiErrors('validation_failed', 'not_found')
  markRead(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { chatId }: ChatReferenceDto,
    @Body() body: MarkReadDto,
  ): Promise<ReadReceiptDto> {
    return this.readMarks.markRead(user, chatId, body);
  }
}
