import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';

import { AuthModule } from '../auth/auth.module';
import { UsersModule } from '../users/users.module';
import { ActiveChats } from './active-chats.service';
import { AdminChatController } from './admin-chat.controller';
import { ChatAccess } from './chat-access.service';
import { ChatBroadcaster } from './chat.broadcaster';
import { ChatGateway } from './chat.gateway';
import { ChatViews } from './chat-views.service';
import { ChatsService } from './chats.service';
import { CommitAnnouncer } from './commit-announcer';
import { MendedChatsAnnouncer } from './mended-chats-announcer';
import { ActAnswers } from './log/act-answers';
import { ChatStateLoader } from './log/chat-state-loader';
import { EntryWriter } from './log/entry-writer';
import { LaneQueues } from './log/lane-queues';
import { LogReader } from './log/log-reader';
import { MessageLog } from './log/message-log';
import { QueueCatchUp } from './log/queue-catch-up';
import { TransitionWriter } from './log/transition-writer';
import { MessagesService } from './messages.service';
import { ChatCounting } from './overview/chat-counting';
import { CounterWriter } from './overview/counter-writer';
import { OverviewAnnouncer } from './overview/overview-announcer';
import { OverviewController } from './overview/overview.controller';
import { OverviewFigures } from './overview/overview-figures';
import { OverviewService } from './overview/overview.service';
import { ConnectedPeople } from './presence/connected-people';
import { PresenceAcrossNodes } from './presence/presence-across-nodes';
import { PresenceAnnouncer } from './presence/presence-announcer';
import { PresenceController } from './presence/presence.controller';
import { PresenceDirectory } from './presence/presence-directory';
import { PresenceService } from './presence/presence.service';
import { ChatMetrics } from './chat-metrics';
import { ChatProjection } from './projection/chat-projection';
import { ProjectionRepair } from './projection/projection-repair';
import { StoredReadState } from './projection/stored-read-state';
import { ReadMarksService } from './read-marks.service';
import { ChatEventHandlers } from './realtime/chat-event-handlers';
import { ClientAddress } from './realtime/client-address';
import { ConnectionAdmission } from './realtime/connection-admission';
import { SlowReaders } from './realtime/slow-readers';
import { SocketAuthentication } from './realtime/socket-authentication';
import { SocketEventBinder } from './realtime/socket-event-binder';
import { SocketLimits } from './realtime/socket-limits';
import { ActiveChat, ActiveChatSchema } from './schemas/active-chat.schema';
import { Chat, ChatSchema } from './schemas/chat.schema';
import { Counter, CounterSchema } from './schemas/counter.schema';
import { Message, MessageSchema } from './schemas/message.schema';
import { TypingService } from './typing.service';
import { UserChatController } from './user-chat.controller';

/** The append of entries and the reading of them. */
const LOG = [
  ActAnswers,
  ChatStateLoader,
  EntryWriter,
  LaneQueues,
  LogReader,
  MessageLog,
  QueueCatchUp,
  TransitionWriter,
];

/** What is derived from the log. */
const PROJECTION = [ChatProjection, ProjectionRepair, StoredReadState];

/** What admins see at a glance. */
const OVERVIEW = [ChatCounting, CounterWriter, OverviewAnnouncer, OverviewFigures, OverviewService];

/** Who is there. */
const PRESENCE = [
  ConnectedPeople,
  PresenceAcrossNodes,
  { provide: PresenceDirectory, useExisting: PresenceAcrossNodes },
  PresenceAnnouncer,
  PresenceService,
];

/** The acts and queries of people. */
const SERVICES = [
  ActiveChats,
  ChatAccess,
  ChatViews,
  ChatsService,
  MessagesService,
  ReadMarksService,
  TypingService,
];

/** Sockets. */
const REALTIME = [
  ChatBroadcaster,
  ChatMetrics,
  ChatEventHandlers,
  ChatGateway,
  ClientAddress,
  CommitAnnouncer,
  ConnectionAdmission,
  MendedChatsAnnouncer,
  SlowReaders,
  SocketAuthentication,
  SocketEventBinder,
  SocketLimits,
];

/** The chat. */
@Module({
  imports: [
    AuthModule,
    UsersModule,
    MongooseModule.forFeature([
      { name: ActiveChat.name, schema: ActiveChatSchema },
      { name: Chat.name, schema: ChatSchema },
      { name: Counter.name, schema: CounterSchema },
      { name: Message.name, schema: MessageSchema },
    ]),
  ],
  controllers: [UserChatController, AdminChatController, OverviewController, PresenceController],
  providers: [...LOG, ...PROJECTION, ...OVERVIEW, ...PRESENCE, ...SERVICES, ...REALTIME],
  // For what is not about chats, and is told and shown to the same people.
  exports: [ChatBroadcaster, PresenceDirectory],
})
export class ChatModule {}
