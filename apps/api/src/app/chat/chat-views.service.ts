import { type ChatDto } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, type Types } from 'mongoose';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { DatabaseEpoch } from '../database/database-epoch';
import { UserDirectory } from '../users/user-directory.service';
import { type People, toAdminChat, toCustomerChat } from './chat.mapper';
import { projectedHead, withHead } from './log/log-head';
import { LogReader } from './log/log-reader';
import { Chat } from './schemas/chat.schema';

/** Chats as people see them: documents brought up to their logs, with names. */
@Injectable()
export class ChatViews {
  constructor(
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    private readonly reader: LogReader,
    private readonly directory: UserDirectory,
    private readonly epoch: DatabaseEpoch,
  ) {}

  /** A chat whose head is read from the log, never from the document alone. */
  async atHead(chat: Chat): Promise<Chat> {
    const { head } = await this.reader.head(chat._id, 'thread', projectedHead(chat));
    return withHead(chat, head);
  }

  /** Chat documents by id; those that don't exist are missing. */
  async documents(ids: readonly Types.ObjectId[]): Promise<Map<string, Chat>> {
    const chats = await this.chats.find({ _id: { $in: ids } }).lean<Chat[]>();
    return new Map(chats.map((chat) => [chat._id.toHexString(), chat]));
  }

  /** The people of chats. */
  async peopleOf(chats: readonly Chat[]): Promise<People> {
    return this.directory.people(
      chats.flatMap(({ user, admin }) => [user.toHexString(), ...(admin ? [admin.toHexString()] : [])]),
    );
  }

  /** A chat as this person sees it. */
  async one(user: AuthenticatedUser, chat: Chat): Promise<ChatDto> {
    return this.forPerson(user, chat, await this.peopleOf([chat]));
  }

  /** Chats as this person sees them, in the same order. */
  async many(user: AuthenticatedUser, chats: readonly Chat[]): Promise<ChatDto[]> {
    const people = await this.peopleOf(chats);
    return chats.map((chat) => this.forPerson(user, chat, people));
  }

  /** A chat as its customer sees it. */
  forCustomer(chat: Chat, people: People): ChatDto {
    return toCustomerChat(chat, people, this.epoch.epoch);
  }

  /** A chat as admins see it. */
  forAdmins(chat: Chat, people: People): ChatDto {
    return toAdminChat(chat, people, this.epoch.epoch);
  }

  private forPerson(user: AuthenticatedUser, chat: Chat, people: People): ChatDto {
    return user.role === 'admin' ? this.forAdmins(chat, people) : this.forCustomer(chat, people);
  }
}
