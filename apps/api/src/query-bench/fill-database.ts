import { activityKey } from '../app/chat/activity-list';
import { type Chat } from '../app/chat/schemas/chat.schema';
import { type Message } from '../app/chat/schemas/message.schema';
import { OWN_ISSUER, type User } from '../app/users/schemas/user.schema';
import { type Connection, Types } from 'mongoose';

/** Time over which the data is spread. */
const SPAN_MS = 30 * 86_400_000;

/** Documents of one insert. */
const CHUNK = 2_000;

/** What the queries are asked about. */
export interface BenchData {
  /** The customer of the long chat. */
  customer: User;
  admin: User;
  /** A chat with half of all messages. */
  longChat: Chat;
  /** Key of a message in its middle. */
  clientMessageId: string;
  messages: number;
}

/** Fills every collection with a number of documents: people, chats over a month, and one long chat among short ones. */
export async function fillDatabase(connection: Connection, size: number): Promise<BenchData> {
  const now = Date.now();
  const at = (index: number) => new Date(now - SPAN_MS + Math.round((index / size) * SPAN_MS));
  const users = Array.from({ length: size }, (_, index) => makeUser(index));
  const chats = users.map((user, index) => makeChat(user._id, at(index)));
  const [longChat] = chats.slice(-1);
  const [admin] = users;
  const customer = users.at(-1);
  if (!longChat || !admin || !customer) throw new Error('The size must be at least 1.');
  admin.role = 'admin';

  const messages = Math.floor(size / 2);
  const entries = [
    ...Array.from({ length: messages }, (_, index) => makeMessage(longChat, index + 1, at(index * 2))),
    ...chats.slice(0, size - messages).map((chat, index) => makeMessage(chat, 1, at(index))),
  ];
  Object.assign(longChat, {
    lastSeq: messages,
    lastEntryAt: at(size),
    written: { user: messages, admin: 0 },
  });

  await insert(connection, 'users', users);
  await insert(connection, 'chats', chats);
  await insert(connection, 'messages', entries);
  await insert(
    connection,
    'active_chats',
    chats.map(({ _id, user }) => ({ _id: user, chat: _id })),
  );
  const middle = entries[Math.floor(messages / 2)];
  return { customer, admin, longChat, clientMessageId: middle?.clientMessageId ?? '', messages };
}

async function insert(connection: Connection, name: string, documents: object[]): Promise<void> {
  for (let start = 0; start < documents.length; start += CHUNK) {
    await connection.collection(name).insertMany(documents.slice(start, start + CHUNK));
  }
}

function makeUser(index: number): User {
  const email = `person-${index}@example.com`;
  return {
    _id: new Types.ObjectId(),
    name: `Person ${index}`,
    email,
    role: 'user',
    issuer: OWN_ISSUER,
    subject: email,
    isDisabled: false,
    sessionGeneration: 0,
    sessionsEndedAt: null,
    keptTokenFingerprint: null,
    createdAt: new Date(),
    updatedAt: new Date(),
  };
}

function makeChat(user: Types.ObjectId, time: Date): Chat {
  const _id = new Types.ObjectId();
  const mark = { seq: 0, written: { user: 0, admin: 0 }, moves: [], storedSeq: 0 };
  return {
    _id,
    user,
    admin: null,
    isActive: true,
    lastMessage: 'Where are my photos?',
    lastMessageTime: time,
    lastSender: { user, name: 'A customer', role: 'user' },
    unreadCount: { user: 0, admin: 1 },
    lastSeq: 1,
    lastEntryAt: time,
    written: { user: 1, admin: 0 },
    readMarks: { user: mark, admin: mark },
    activity: activityKey(time, _id.toHexString()),
    isListed: true,
    isOpen: true,
    hasUnread: true,
    isWaiting: true,
    counted: { open: true, unread: true, waiting: true, messages: 1 },
    createdAt: time,
    updatedAt: time,
  };
}

function makeMessage(chat: Chat, seq: number, time: Date): Message {
  return {
    _id: new Types.ObjectId(),
    chat: chat._id,
    lane: 'thread',
    seq,
    kind: 'message',
    target: null,
    afterSeq: null,
    sender: chat.user,
    senderName: 'A customer',
    senderRole: 'user',
    message: `Message ${seq} of a customer who asks where the photos are.`,
    messageType: 'text',
    clientMessageId: crypto.randomUUID(),
    system: null,
    written: { user: seq, admin: 0 },
    isRead: false,
    readAt: null,
    createdAt: time,
    updatedAt: time,
  };
}
