import {
  type AssignChatDto,
  type ChatDto,
  type ChatListDto,
  type ChatListQueryDto,
  type InboxFilter,
  type InboxQueryDto,
  PAGE_LIMIT_DEFAULT,
} from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, Types } from 'mongoose';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { UserDirectory } from '../users/user-directory.service';
import { invalidInput } from '../validation/validate-input';
import { ActiveChats } from './active-chats.service';
import { AssignChatAct } from './acts/assign-chat.act';
import { CloseChatAct } from './acts/close-chat.act';
import { ReopenChatAct } from './acts/reopen-chat.act';
import { UnassignChatAct } from './acts/unassign-chat.act';
import { isActivityCursor, readByActivity } from './activity-list';
import { ChatAccess } from './chat-access.service';
import { ChatViews } from './chat-views.service';
import { MessageLog } from './log/message-log';
import { ChatProjection } from './projection/chat-projection';
import { Chat, UNASSIGNED } from './schemas/chat.schema';

/** The chats of one index on a field and activity. */
type ChatFilter = Partial<
  Pick<Chat, 'user' | 'isListed' | 'isOpen' | 'hasUnread' | 'isWaiting' | 'openAssignee'>
>;

const INBOX_FILTERS: Record<InboxFilter, (admin: AuthenticatedUser) => ChatFilter> = {
  all: () => ({ isListed: true }),
  mine: ({ id }) => ({ openAssignee: id }),
  unassigned: () => ({ openAssignee: UNASSIGNED }),
  open: () => ({ isOpen: true }),
  unread: () => ({ hasUnread: true }),
  waiting: () => ({ isWaiting: true }),
};

/** What people do with chats as a whole. */
@Injectable()
export class ChatsService {
  constructor(
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    private readonly activeChats: ActiveChats,
    private readonly access: ChatAccess,
    private readonly views: ChatViews,
    private readonly directory: UserDirectory,
    private readonly log: MessageLog,
    private readonly projection: ChatProjection,
  ) {}

  /** The customer's active chat, or a new one; many calls at once make one. */
  async ownActiveChat(user: AuthenticatedUser): Promise<ChatDto> {
    this.access.requireCustomer(user);
    const chat = await this.activeChats.findOrCreate(new Types.ObjectId(user.id));
    return this.views.one(user, await this.views.atHead(chat));
  }

  /** All chats of the customer, newest activity first. */
  async ownChats(user: AuthenticatedUser, query: ChatListQueryDto): Promise<ChatListDto> {
    this.access.requireCustomer(user);
    return this.list(user, query, { user: new Types.ObjectId(user.id) });
  }

  /** The inbox: every chat with a message, or those that a filter leaves, newest activity first. */
  async inbox(user: AuthenticatedUser, { show = 'all', ...query }: InboxQueryDto): Promise<ChatListDto> {
    this.access.requireAdmin(user);
    return this.list(user, query, INBOX_FILTERS[show](user));
  }

  /**
   * One chat as it is now.
   * @param admitted runs between the check of access and the reading of the chat, with its id
   */
  async chat(
    user: AuthenticatedUser,
    chatId: string,
    admitted?: (id: string) => Promise<void> | void,
  ): Promise<ChatDto> {
    const chat = await this.access.requireAccess(user, chatId);
    await admitted?.(chat._id.toHexString());
    return this.views.one(user, await this.views.atHead(chat));
  }

  /**
   * Makes an admin (default: the caller) the one who answers, also over another.
   * @throws ApiError `validation_failed` when that person is no admin
   */
  async assign(user: AuthenticatedUser, chatId: string, input: AssignChatDto): Promise<ChatDto> {
    this.access.requireAdmin(user);
    const chat = await this.access.requireAccess(user, chatId);
    const admin = await this.requireAssignable(input.adminId ?? user.id);
    await this.log.append(new AssignChatAct(chat._id, admin));
    return this.chat(user, chatId);
  }

  /** Lets nobody be the one who answers; the first admin to answer then becomes it. */
  async unassign(user: AuthenticatedUser, chatId: string): Promise<ChatDto> {
    this.access.requireAdmin(user);
    const id = await this.access.requireMembership(user, chatId);
    await this.log.append(new UnassignChatAct(id, user));
    return this.chat(user, chatId);
  }

  /** Ends a chat: its customer may begin another one, or go on in this one. */
  async close(user: AuthenticatedUser, chatId: string): Promise<ChatDto> {
    const id = await this.access.requireMembership(user, chatId);
    await this.log.append(new CloseChatAct(id, user));
    return this.chat(user, chatId);
  }

  /**
   * Goes on with a closed chat.
   * @throws ApiError `chat_closed` naming the one that is active, when the customer has another
   */
  async reopen(user: AuthenticatedUser, chatId: string): Promise<ChatDto> {
    const id = await this.access.requireMembership(user, chatId);
    await this.log.append(new ReopenChatAct(id, user));
    return this.chat(user, chatId);
  }

  private async requireAssignable(adminId: string): Promise<{ id: string; name: string }> {
    const id = adminId.toLowerCase();
    const person = (await this.directory.people([id])).get(id);
    if (!person || person.role !== 'admin' || person.isDisabled) {
      throw invalidInput([{ field: 'adminId', message: 'adminId must be the id of an admin' }]);
    }
    return person;
  }

  private async list(
    user: AuthenticatedUser,
    { cursor, limit = PAGE_LIMIT_DEFAULT }: ChatListQueryDto,
    filter: ChatFilter,
  ): Promise<ChatListDto> {
    if (cursor !== undefined && !isActivityCursor(cursor)) {
      throw invalidInput([{ field: 'cursor', message: 'cursor must be the nextCursor of another page' }]);
    }
    // What this node has committed is in its lists, also a moment after.
    await this.projection.flush();
    const page = await readByActivity(
      (from, before, count) =>
        this.chats
          .find({ ...filter, activity: { $gte: from, $lt: before } })
          .sort({ activity: -1 })
          .limit(count)
          .lean<Chat[]>(),
      limit,
      cursor,
    );
    return { chats: await this.views.many(user, page.chats), nextCursor: page.nextCursor };
  }
}
