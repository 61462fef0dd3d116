import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { type ClientSession, type Connection, type Model, Types } from 'mongoose';

import { isDuplicateKey } from '../database/is-duplicate-key';
import { ApiError } from '../errors/api-error';
import { activityKey } from './activity-list';
import { ActiveChat } from './schemas/active-chat.schema';
import { Chat } from './schemas/chat.schema';

/** How often the active chat is looked for, while others open and close chats of this customer. */
const TRIES = 5;

/** A customer's one active chat. */
@Injectable()
export class ActiveChats {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(ActiveChat.name) private readonly activeChats: Model<ActiveChat>,
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
  ) {}

  /** The customer's active chat, or a new one; many calls at once make one. */
  async findOrCreate(customer: Types.ObjectId): Promise<Chat> {
    for (let triesLeft = TRIES; ; triesLeft--) {
      const chat = await this.find(customer);
      // One that was closed between the two reads of it: by now another is active, or none.
      if (chat?.isActive || (chat && triesLeft === 1)) return chat;
      if (chat) continue;
      try {
        return await this.create(customer);
      } catch (error) {
        // Another call was faster: its chat is the one.
        if (!isDuplicateKey(error) || triesLeft === 1) throw error;
      }
    }
  }

  /**
   * Makes a chat the customer's active one, within the transaction that reopens it.
   * @throws ApiError `chat_closed` naming the one that is active
   */
  async activate(customer: Types.ObjectId, chatId: Types.ObjectId, session: ClientSession): Promise<void> {
    const active = await this.activeChats.findById(customer).session(session).lean<ActiveChat>();
    if (active?.chat.equals(chatId)) return;
    if (active) {
      throw new ApiError('chat_closed', 'This chat is closed and another one is active.', {
        details: [{ field: 'chatId', message: active.chat.toHexString() }],
      });
    }
    await this.activeChats.create([{ _id: customer, chat: chatId }], { session });
  }

  /** Lets a customer have no active chat, within the transaction that closes it; another one stays. */
  async deactivate(customer: Types.ObjectId, chatId: Types.ObjectId, session: ClientSession): Promise<void> {
    const active = await this.activeChats.findById(customer).session(session).lean<ActiveChat>();
    if (active?.chat.equals(chatId)) await this.activeChats.deleteOne({ _id: customer }, { session });
  }

  private async find(customer: Types.ObjectId): Promise<Chat | null> {
    const active = await this.activeChats.findById(customer).lean<ActiveChat>();
    return active && this.chats.findById(active.chat).lean<Chat>();
  }

  private async create(customer: Types.ObjectId): Promise<Chat> {
    const id = new Types.ObjectId();
    const now = new Date();
    const chat = new this.chats({
      _id: id,
      user: customer,
      activity: activityKey(now, id.toHexString()),
      createdAt: now,
      updatedAt: now,
    });
    await this.connection.transaction(async (session) => {
      await this.activeChats.create([{ _id: customer, chat: id }], { session });
      await this.chats.collection.insertOne(chat.toObject(), { session });
    });
    return chat.toObject();
  }
}
