import {
  type AuditEntryDto,
  type ChatDto,
  type ClientToServerEvents,
  type CustomersPresenceDto,
  type MessageChangeDto,
  type MessageDto,
  type NewChatMessage,
  type OverviewFiguresDto,
  type OwnOverviewFiguresDto,
  type ReadReceiptDto,
  type ServerToClientEvents,
  type SupportPresenceDto,
  type TeamMemberDto,
  type TeamPresenceDto,
  type UserTypingDto,
  SOCKET_PATH,
} from '@elite-chat/contracts';
import { WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { type Server } from 'socket.io';

import { ADMIN_ROOM, chatRoom, CUSTOMER_ROOM, userRoom } from './chat-rooms';

/** The only class that emits: each method is one event and the rooms that receive it. */
@WebSocketGateway({ path: SOCKET_PATH })
export class ChatBroadcaster {
  @WebSocketServer()
  private readonly server!: Server<ClientToServerEvents, ServerToClientEvents>;

  /** To all who have the chat open, the sender's own sockets included. */
  newMessage(message: MessageDto): void {
    this.server.to(chatRoom(message.chat)).emit('new_message', message);
  }

  /** To all who have the chat open. */
  messageChanged(change: MessageChangeDto, chatId: string): void {
    this.server.to(chatRoom(chatId)).emit('message_changed', change);
  }

  /** To every connected admin. */
  newChatMessage(payload: NewChatMessage): void {
    this.server.to(ADMIN_ROOM).emit('new_chat_message', payload);
  }

  /** To all who have the chat open, but not to the writer; dropped where a line is slow. */
  userTyping(typing: UserTypingDto): void {
    this.server
      .to(chatRoom(typing.chatId))
      .except(userRoom(typing.userId))
      .volatile.emit('user_typing', typing);
  }

  /** To all who have the chat open and every connected admin, once each. */
  messagesRead(receipt: ReadReceiptDto): void {
    this.server.to([chatRoom(receipt.chatId), ADMIN_ROOM]).emit('messages_read', receipt);
  }

  /** To the customer's sockets and to every connected admin, each their own view. */
  chatUpdated(views: { customer: ChatDto; admin: ChatDto }): void {
    this.server.to(userRoom(views.customer.user.id)).emit('chat_updated', views.customer);
    this.server.to(ADMIN_ROOM).emit('chat_updated', views.admin);
  }

  /** To every connected admin. */
  overviewUpdated(figures: OverviewFiguresDto): void {
    this.server.to(ADMIN_ROOM).emit('overview_updated', figures);
  }

  /** To the sockets of one admin. */
  ownOverviewUpdated(adminId: string, figures: OwnOverviewFiguresDto): void {
    this.server.to(userRoom(adminId)).emit('own_overview_updated', figures);
  }

  /** To the customers of this node, or to one connection; every node tells its own. */
  supportPresence(presence: SupportPresenceDto, room = CUSTOMER_ROOM): void {
    this.server.local.to(room).emit('support_presence', presence);
  }

  /** To the admins of this node; every node tells its own. */
  customerPresence(presence: CustomersPresenceDto): void {
    this.server.local.to(ADMIN_ROOM).emit('customer_presence', presence);
  }

  /** To every connected admin. */
  teamUpdated(member: TeamMemberDto): void {
    this.server.to(ADMIN_ROOM).emit('team_updated', member);
  }

  /** To the admins of this node; every node tells its own. */
  teamPresence(presence: TeamPresenceDto): void {
    this.server.local.to(ADMIN_ROOM).emit('team_presence', presence);
  }

  /** To every connected admin. */
  auditRecorded(entry: AuditEntryDto): void {
    this.server.to(ADMIN_ROOM).emit('audit_recorded', entry);
  }
}
