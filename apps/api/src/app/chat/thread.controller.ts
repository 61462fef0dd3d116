import {
  ChatDto,
  ChatReferenceDto,
  type ErrorCode,
  MarkReadDto,
  MessageDto,
  MessagePageDto,
  MessagePageQueryDto,
  ReadReceiptDto,
  SendMessageDto,
} from '@elite-chat/contracts';
import { Body, Get, HttpCode, HttpStatus, Injectable, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { CurrentUser } from '../auth/decorators/current-user.decorator';
import { ApiErrors } from '../config/api-errors.decorator';
import { ChatsService } from './chats.service';
import { MessagesService } from './messages.service';
import { ReadMarksService } from './read-marks.service';

/** Where one side finds the calls that both sides have. */
export interface ThreadPaths {
  messages: string;
  read: string;
  close: string;
  reopen: string;
}

/**
 * The calls that customers and admins have alike, at the paths of one side.
 * @param sendErrors what sending a message can be answered on this side only
 */
export function threadController(paths: ThreadPaths, ...sendErrors: ErrorCode[]) {
  @Injectable()
  abstract class ThreadController {
    constructor(
      protected readonly chats: ChatsService,
      protected readonly messages: MessagesService,
      protected readonly readMarks: ReadMarksService,
    ) {}

    /** A page of the thread: the newest, those before a number, or the entries after one */
    @Get(paths.messages)
    @ApiErrors('validation_failed', 'not_found')
    page(
      @CurrentUser() user: AuthenticatedUser,
      @Param() { chatId }: ChatReferenceDto,
      @Query() query: MessagePageQueryDto,
    ): Promise<MessagePageDto> {
      return this.messages.page(user, chatId, query);
    }

    /** Send a message; 201 once it is stored, 200 when an earlier try had stored it */
    @Post(paths.messages)
    @ApiCreatedResponse({ type: MessageDto, description: 'Stored' })
    @ApiOkResponse({ type: MessageDto, description: 'An earlier try had stored it' })
    @ApiErrors(
      'validation_failed',
      'not_found',
      'id_reused',
      'chat_closed',
      ...sendErrors,
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

    /** The caller's side has read up to a number; for admins: the assigned one, or any while nobody is */
    @Post(paths.read)
    @HttpCode(HttpStatus.OK)
    @ApiErrors('validation_failed', 'not_found')
    markRead(
      @CurrentUser() user: AuthenticatedUser,
      @Param() { chatId }: ChatReferenceDto,
      @Body() body: MarkReadDto,
    ): Promise<ReadReceiptDto> {
      return this.readMarks.markRead(user, chatId, body);
    }

    /** Close the chat: its customer may begin another one, or go on here; the same again changes nothing */
    @Post(paths.close)
    @HttpCode(HttpStatus.OK)
    @ApiErrors('validation_failed', 'not_found', 'busy', 'unavailable')
    close(@CurrentUser() user: AuthenticatedUser, @Param() { chatId }: ChatReferenceDto): Promise<ChatDto> {
      return this.chats.close(user, chatId);
    }

    /** Reopen the closed chat, unless its customer has another active one; the same again changes nothing */
    @Post(paths.reopen)
    @HttpCode(HttpStatus.OK)
    @ApiErrors('validation_failed', 'not_found', 'chat_closed', 'busy', 'unavailable')
    reopen(@CurrentUser() user: AuthenticatedUser, @Param() { chatId }: ChatReferenceDto): Promise<ChatDto> {
      return this.chats.reopen(user, chatId);
    }
  }
  return ThreadController;
}
