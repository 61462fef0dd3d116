import { createConnection, type Model, Types } from 'mongoose';

import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { Environment } from '../../config/environment';
import { CONNECTION_OPTIONS } from '../../database/connection-options';
import { DatabaseEpoch } from '../../database/database-epoch';
import { IndexesAtStart } from '../../database/indexes-at-start';
import { User, UserSchema } from '../../users/schemas/user.schema';
import { UserDirectory } from '../../users/user-directory.service';
import { ActiveChats } from '../active-chats.service';
import { CloseChatAct } from '../acts/close-chat.act';
import { ChatAccess } from '../chat-access.service';
import { ChatViews } from '../chat-views.service';
import { ChatsService } from '../chats.service';
import { CommitAnnouncer } from '../commit-announcer';
import { MendedChatsAnnouncer } from '../mended-chats-announcer';
import { ActAnswers } from '../log/act-answers';
import { ChatStateLoader } from '../log/chat-state-loader';
import { EntryWriter } from '../log/entry-writer';
import { LaneQueues } from '../log/lane-queues';
import { LogReader } from '../log/log-reader';
import { MessageLog } from '../log/message-log';
import { QueueCatchUp } from '../log/queue-catch-up';
import { TransitionWriter } from '../log/transition-writer';
import { MessagesService } from '../messages.service';
import { ChatCounting } from '../overview/chat-counting';
import { CounterWriter } from '../overview/counter-writer';
import { OverviewFigures } from '../overview/overview-figures';
import { OverviewService } from '../overview/overview.service';
import { ConnectedPeople } from '../presence/connected-people';
import { ChatProjection } from '../projection/chat-projection';
import { ProjectionRepair } from '../projection/projection-repair';
import { StoredReadState } from '../projection/stored-read-state';
import { ReadMarksService } from '../read-marks.service';
import { ActiveChat, ActiveChatSchema } from '../schemas/active-chat.schema';
import { Chat, ChatSchema } from '../schemas/chat.schema';
import { Counter, CounterSchema } from '../schemas/counter.schema';
import { Message, MessageSchema } from '../schemas/message.schema';
import { recordBroadcasts } from './recorded-broadcasts';

/** One node of the chat on a real database, without its doors; several share one database. */
export type ChatNode = Awaited<ReturnType<typeof startChatNode>>;

/**
 * Puts the chat's services together as their module does.
 * @param variables environment variables beside the secret
 */
export async function startChatNode(uri: string, variables: NodeJS.ProcessEnv = {}) {
  const connection = await createConnection(uri, CONNECTION_OPTIONS).asPromise();
  const users: Model<User> = connection.model(User.name, UserSchema);
  const chats: Model<Chat> = connection.model(Chat.name, ChatSchema);
  const active: Model<ActiveChat> = connection.model(ActiveChat.name, ActiveChatSchema);
  const messages: Model<Message> = connection.model(Message.name, MessageSchema);
  const counters: Model<Counter> = connection.model(Counter.name, CounterSchema);
  await new IndexesAtStart(connection).create();

  const environment = Environment.read({
    JWT_SECRET: 'a-secret-for-specs-of-32-bytes-or-more',
    ...variables,
  });
  const epoch = new DatabaseEpoch(connection);
  await epoch.load();
  const { broadcaster, broadcasts } = recordBroadcasts();
  const directory = new UserDirectory(users);
  const activeChats = new ActiveChats(connection, active, chats);
  const reader = new LogReader(messages);
  const queues = new LaneQueues(environment);
  const entryWriter = new EntryWriter(messages, reader);
  const log = new MessageLog(
    queues,
    new ActAnswers(queues, reader),
    new QueueCatchUp(new ChatStateLoader(chats, reader), reader),
    entryWriter,
    new TransitionWriter(connection, chats, messages, entryWriter, activeChats),
  );
  const projection = new ChatProjection(chats, log);
  const storedReadState = new StoredReadState(chats, messages, reader);
  const counterWriter = new CounterWriter(connection, chats, counters);
  const counting = new ChatCounting(chats, counterWriter, projection);
  const repair = new ProjectionRepair(
    connection,
    chats,
    messages,
    reader,
    projection,
    storedReadState,
    counting,
  );
  const people = new ConnectedPeople();
  const figures = new OverviewFigures(counters, people);
  const access = new ChatAccess(chats);
  const views = new ChatViews(chats, reader, directory, epoch);
  const announcer = new CommitAnnouncer(log, reader, views, broadcaster);
  const mendedChats = new MendedChatsAnnouncer(repair, views, broadcaster);
  projection.onModuleInit();
  announcer.onModuleInit();
  mendedChats.onModuleInit();
  counting.onModuleInit();

  return {
    connection,
    users,
    chats,
    messages,
    active,
    counters,
    epoch: epoch.epoch,
    reader,
    queues,
    log,
    projection,
    storedReadState,
    repair,
    counting,
    counterWriter,
    people,
    figures,
    announcer,
    broadcaster,
    broadcasts,
    overview: new OverviewService(access, counting, figures),
    chatsService: new ChatsService(chats, activeChats, access, views, directory, log, projection),
    messagesService: new MessagesService(access, log, reader, epoch),
    readMarks: new ReadMarksService(chats, access, reader, storedReadState, counting, broadcaster),

    /** Makes a person who is signed in. */
    async signIn(role: AuthenticatedUser['role'], name: string): Promise<AuthenticatedUser> {
      const _id = new Types.ObjectId();
      const email = `${_id.toHexString()}@example.com`;
      await users.create({ _id, name, email, role, issuer: 'spec', subject: email });
      const expiresAt = new Date(Date.now() + 3_600_000);
      return { id: _id.toHexString(), name, email, role, tokenFingerprint: _id.toHexString(), expiresAt };
    },

    /** Closes a chat as some admin. */
    async close(chatId: string): Promise<void> {
      const by = { id: new Types.ObjectId().toHexString(), name: 'Some admin', role: 'admin' } as const;
      await log.append(new CloseChatAct(new Types.ObjectId(chatId), by));
    },

    /** Stops as a clean shutdown does. */
    async stop(): Promise<void> {
      people.onModuleDestroy();
      await log.onModuleDestroy();
      await announcer.beforeApplicationShutdown();
      await projection.beforeApplicationShutdown();
      await counting.beforeApplicationShutdown();
      await storedReadState.beforeApplicationShutdown();
      await connection.close();
    },
  };
}
