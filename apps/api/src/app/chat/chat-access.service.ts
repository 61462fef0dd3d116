import { type ChatSide } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, Types } from 'mongoose';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { ApiError } from '../errors/api-error';
import { Chat } from './schemas/chat.schema';

/** Who may do what with a chat; the first line of every act. */
@Injectable()
export class ChatAccess {
  constructor(@InjectModel(Chat.name) private readonly chats: Model<Chat>) {}

  /**
   * The chat, when this person may see it: its customer, and every admin.
   * @throws ApiError `not_found` otherwise, whether the chat exists or not
   */
  async requireAccess(user: AuthenticatedUser, chatId: string): Promise<Chat> {
    const chat = await this.chats.findById(new Types.ObjectId(chatId)).lean<Chat>();
    if (!chat || (user.role !== 'admin' && chat.user.toHexString() !== user.id)) {
      throw new ApiError('not_found', 'There is no such chat.');
    }
    return chat;
  }

  /** @throws ApiError `forbidden` unless this person is an admin */
  requireAdmin(user: AuthenticatedUser): void {
    if (user.role !== 'admin') throw new ApiError('forbidden', 'This is for admins.');
  }

  /** @throws ApiError `forbidden` unless this person is a customer */
  requireCustomer(user: AuthenticatedUser): void {
    if (user.role !== 'user') throw new ApiError('forbidden', 'This is for customers.');
  }
}

/** The side of a chat on which a person stands. */
export function sideOf(user: AuthenticatedUser): ChatSide {
  return user.role;
}
