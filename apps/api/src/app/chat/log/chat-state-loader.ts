import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, type Types } from 'mongoose';

import { ApiError } from '../../errors/api-error';
import { Chat } from '../schemas/chat.schema';
import { type Lane } from '../schemas/message.schema';
import { type ChatState } from './log-act';
import { EMPTY_HEAD, type LogHead, projectedHead } from './log-head';
import { LogReader } from './log-reader';

/**
 * Reads a chat's state. A chat document that knows of entry n has all changes of status and assignee
 * up to n, because these are one transaction with their entry; so the document and the entries after
 * it are the whole state, unless one of those entries is itself such a change: then it is read again.
 */
@Injectable()
export class ChatStateLoader {
  constructor(
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    private readonly reader: LogReader,
  ) {}

  /**
   * @param known the head that is known already, to read less
   * @throws ApiError `not_found` when there is no such chat
   */
  async load(chatId: Types.ObjectId, lane: Lane, known: LogHead = EMPTY_HEAD): Promise<ChatState> {
    for (;;) {
      const chat = await this.chats.findById(chatId).lean<Chat>();
      if (!chat) throw new ApiError('not_found', 'There is no such chat.');
      const start = lane === 'thread' && chat.lastSeq > known.seq ? projectedHead(chat) : known;
      const { head, passedSystemEntry } = await this.reader.head(chatId, lane, start);
      known = head;
      if (passedSystemEntry && lane === 'thread') continue;
      return { chatId, customerId: chat.user, isActive: chat.isActive, adminId: chat.admin, head };
    }
  }
}
