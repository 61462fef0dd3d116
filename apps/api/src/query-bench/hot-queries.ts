import { type INestApplicationContext } from '@nestjs/common';
import { getConnectionToken, getModelToken } from '@nestjs/mongoose';
import { type Connection, type Model } from 'mongoose';

import { type AuthenticatedUser } from '../app/auth/authenticated-user';
import { ChatsService } from '../app/chat/chats.service';
import { EMPTY_HEAD, projectedHead } from '../app/chat/log/log-head';
import { LogReader } from '../app/chat/log/log-reader';
import { MessagesService } from '../app/chat/messages.service';
import { OverviewService } from '../app/chat/overview/overview.service';
import { headUpdate } from '../app/chat/projection/head-update';
import { ReadMarksService } from '../app/chat/read-marks.service';
import { Message } from '../app/chat/schemas/message.schema';
import { type User } from '../app/users/schemas/user.schema';
import { UsersService } from '../app/users/users.service';
import { type BenchData } from './fill-database';

/** What a person waits for, or what runs all the time: by name. */
export type HotQueries = Record<string, (round: number) => Promise<unknown>>;

/** Every hot query of the product, as the services make it. */
export function hotQueries(app: INestApplicationContext, data: BenchData, cursor: string | null): HotQueries {
  const get = <T>(type: new (...dependencies: never[]) => T): T => app.get<T>(type, { strict: false });
  const [chats, messages, marks] = [get(ChatsService), get(MessagesService), get(ReadMarksService)];
  const [reader, users] = [get(LogReader), get(UsersService)];
  const overviews = get(OverviewService);
  const connection = app.get<Connection>(getConnectionToken(), { strict: false });
  const entries = app.get<Model<Message>>(getModelToken(Message.name), { strict: false });
  const [customer, admin] = [signedIn(data.customer), signedIn(data.admin)];
  const { _id } = data.longChat;
  const chatId = _id.toHexString();
  const last = data.messages;
  return {
    'history: newest page': () => messages.page(customer, chatId, {}),
    'history: oldest page': () => messages.page(customer, chatId, { before: 51 }),
    'history: page in the middle': () => messages.page(customer, chatId, { before: Math.floor(last / 2) }),
    'catch-up: last 20 entries': () => messages.page(customer, chatId, { after: last - 20 }),
    'head of the log, from the document': () => reader.head(_id, 'thread', projectedHead(data.longChat)),
    'head of the log, 200 entries behind': () =>
      reader.head(_id, 'thread', { ...EMPTY_HEAD, seq: Math.max(0, last - 200) }),
    'message by its idempotency key': () =>
      reader.byIdempotencyKey(_id, data.customer._id, data.clientMessageId),
    'send a message': () => messages.send(customer, chatId, { message: 'Another one' }),
    'mark as read': (round) => marks.markRead(admin, chatId, { seq: round + 1 }),
    'bring a chat up to its log': () =>
      connection.collection('chats').updateOne({ _id }, headUpdate({ ...EMPTY_HEAD, seq: 1 })),
    'inbox: first page': () => chats.inbox(admin, {}),
    'inbox: deep page': () => chats.inbox(admin, { cursor: cursor ?? undefined }),
    'inbox: waiting chats': () => chats.inbox(admin, { show: 'waiting' }),
    'inbox: my chats': () => chats.inbox(admin, { show: 'mine' }),
    'inbox: unassigned chats': () => chats.inbox(admin, { show: 'unassigned' }),
    'overview: the last 26 hours': () =>
      overviews.overview(admin, { since: new Date(Date.now() - 26 * 3_600_000 + 60_000).toISOString() }),
    'the customer’s active chat': () => chats.ownActiveChat(customer),
    'the customer’s chats': () => chats.ownChats(customer, {}),
    'one chat': () => chats.chat(admin, chatId),
    'person by id': () => users.findById(data.customer._id.toHexString()),
    'person by email': () => users.findAccount(data.customer.email),
    'whose sessions have ended': () =>
      connection
        .collection('users')
        .find({ sessionsEndedAt: { $gte: new Date(Date.now() - 60_000), $lt: new Date() } })
        .toArray(),
    'repair: entries of one minute': () =>
      entries
        .find({
          createdAt: { $gte: new Date(Date.now() - 3_600_000), $lte: new Date(Date.now() - 3_540_000) },
        })
        .lean(),
  };
}

function signedIn(user: User): AuthenticatedUser {
  return {
    id: user._id.toHexString(),
    name: user.name,
    email: user.email,
    role: user.role,
    tokenFingerprint: '',
    expiresAt: new Date(Date.now() + 3_600_000),
  };
}
