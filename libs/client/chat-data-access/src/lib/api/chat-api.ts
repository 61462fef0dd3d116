import { inject, Injectable } from '@angular/core';
import {
  apiPaths,
  type AssignChatDto,
  type ChatDto,
  type ChatListDto,
  type ChatListQueryDto,
  type ChatSide,
  type CustomersPresenceDto,
  type HealthDto,
  type InboxQueryDto,
  type MarkReadDto,
  type MessageDto,
  type MessagePageDto,
  type MessagePageQueryDto,
  type OverviewDto,
  type OverviewQueryDto,
  type ReadReceiptDto,
  type SendMessageDto,
} from '@elite-chat/contracts';
import { ApiClient } from '@elite-chat/session';

/** The REST calls about chats, one method each. All reject with a `ChatRequestError`. */
@Injectable({ providedIn: 'root' })
export class ChatApi {
  private readonly client = inject(ApiClient);

  /** The customer's active chat, made when there is none. */
  userChat(): Promise<ChatDto> {
    return this.client.get(apiPaths.userChat);
  }

  /** The customer's chats, newest activity first. */
  userChats(query: ChatListQueryDto = {}): Promise<ChatListDto> {
    return this.client.get(apiPaths.userChats, { ...query });
  }

  /** A page of a chat of the customer's; the newest without `before` and `after`. */
  userMessages(chatId: string, query: MessagePageQueryDto = {}): Promise<MessagePageDto> {
    return this.client.get(apiPaths.userMessages(chatId), { ...query });
  }

  /** Sends as the customer; the same `clientMessageId` again is stored once. */
  sendUserMessage(chatId: string, message: SendMessageDto): Promise<MessageDto> {
    return this.client.post(apiPaths.userMessages(chatId), message);
  }

  /** The customer has read up to `seq`, by default all. */
  markUserRead(chatId: string, mark: MarkReadDto = {}): Promise<ReadReceiptDto> {
    return this.client.post(apiPaths.userRead(chatId), mark);
  }

  /** The inbox, newest activity first. */
  adminChats(query: InboxQueryDto = {}): Promise<ChatListDto> {
    return this.client.get(apiPaths.adminChats, { ...query });
  }

  /** The figures of the overview; messages are counted from `since`. */
  adminOverview(query: OverviewQueryDto = {}): Promise<OverviewDto> {
    return this.client.get(apiPaths.adminOverview, { ...query });
  }

  /** Whether these customers are there; at most `PRESENCE_IDS_MAX` of them. */
  adminPresence(userIds: readonly string[]): Promise<CustomersPresenceDto> {
    return this.client.get(apiPaths.adminPresence, { userIds: userIds.join() });
  }

  /** Assigns a chat to an admin, by default to the caller. */
  assign(chatId: string, assignee: AssignChatDto = {}): Promise<ChatDto> {
    return this.client.post(apiPaths.adminAssign(chatId), assignee);
  }

  /** Lets nobody be assigned to a chat. */
  unassign(chatId: string): Promise<ChatDto> {
    return this.client.post(apiPaths.adminUnassign(chatId), {});
  }

  /** Closes a chat, as its customer or as an admin. */
  closeChat(side: ChatSide, chatId: string): Promise<ChatDto> {
    return this.client.post(side === 'user' ? apiPaths.userClose(chatId) : apiPaths.adminClose(chatId), {});
  }

  /** Reopens a chat, as its customer or as an admin. */
  reopenChat(side: ChatSide, chatId: string): Promise<ChatDto> {
    return this.client.post(side === 'user' ? apiPaths.userReopen(chatId) : apiPaths.adminReopen(chatId), {});
  }

  /** A page of any chat; the newest without `before` and `after`. */
  adminMessages(chatId: string, query: MessagePageQueryDto = {}): Promise<MessagePageDto> {
    return this.client.get(apiPaths.adminMessages(chatId), { ...query });
  }

  /** Sends as an admin; the first answer assigns the chat. */
  sendAdminMessage(chatId: string, message: SendMessageDto): Promise<MessageDto> {
    return this.client.post(apiPaths.adminMessages(chatId), message);
  }

  /** The admins have read up to `seq`, by default all. */
  markAdminRead(chatId: string, mark: MarkReadDto = {}): Promise<ReadReceiptDto> {
    return this.client.post(apiPaths.adminRead(chatId), mark);
  }

  /** Whether the server is up. */
  healthLive(): Promise<HealthDto> {
    return this.client.get(apiPaths.healthLive);
  }

  /** Whether the server has what it needs. */
  healthReady(): Promise<HealthDto> {
    return this.client.get(apiPaths.healthReady);
  }
}
