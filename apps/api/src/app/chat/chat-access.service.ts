import { type ChatSide } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { LRUCache } from 'lru-cache';
import { type Model, Types } from 'mongoose';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { requireAdmin } from '../auth/require-admin';
import { ApiError } from '../errors/api-error';
import { Chat } from './schemas/chat.schema';

/** Chats whose customer is kept in memory. */
const KNOWN_CUSTOMERS_MAX = 50_000;

/** Who may do what with a chat; the first line of every act. */
@Injectable()
export class ChatAccess {
  /** The customer of a chat, by the chat's id: it never becomes another's, and no chat is ever deleted. */
  private readonly customers = new LRUCache<string, string>({ max: KNOWN_CUSTOMERS_MAX });

  constructor(@InjectModel(Chat.name) private readonly chats: Model<Chat>) {}

  /**
   * The chat, when this person may see it: its customer, and every admin.
   * @throws ApiError `not_found` otherwise, whether the chat exists or not
   */
  async requireAccess(user: AuthenticatedUser, chatId: string): Promise<Chat> {
    const chat = await this.chats.findById(new Types.ObjectId(chatId)).lean<Chat>();
    const customer = chat?.user.toHexString();
    if (!chat || !customer || !mayEnter(user, customer)) throw notFound();
    this.customers.set(chat._id.toHexString(), customer);
    return chat;
  }

  /**
   * As {@link requireAccess}, for acts that don't need the chat itself: asks the database once for each chat.
   * @returns the chat's id
   * @throws ApiError `not_found`
   */
  async requireMembership(user: AuthenticatedUser, chatId: string): Promise<Types.ObjectId> {
    const customer = this.customers.get(chatId.toLowerCase());
    if (customer === undefined) return (await this.requireAccess(user, chatId))._id;
    if (!mayEnter(user, customer)) throw notFound();
    return new Types.ObjectId(chatId);
  }

  /** @throws ApiError `forbidden` unless this person is an admin */
  requireAdmin(user: AuthenticatedUser): void {
    requireAdmin(user);
  }

  /** @throws ApiError `forbidden` unless this person is a customer */
  requireCustomer(user: AuthenticatedUser): void {
    if (user.role !== 'user') throw new ApiError('forbidden', 'This is for customers.');
  }
}

function mayEnter(user: AuthenticatedUser, customer: string): boolean {
  return user.role === 'admin' || user.id === customer;
}

function notFound(): ApiError {
  return new ApiError('not_found', 'There is no such chat.');
}

/** The side of a chat on which a person stands. */
export function sideOf(user: AuthenticatedUser): ChatSide {
  return user.role;
}
