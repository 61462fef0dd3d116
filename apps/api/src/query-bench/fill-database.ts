import { activityKey } from '../app/chat/activity-list';
import { type Chat, UNASSIGNED } from '../app/chat/schemas/chat.schema';
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
  /** A chat with many messages. */
  longChat: Chat;
  /** Key of a message in its middle. */
  clientMessageId: string;
  messages: number;
}

/** How much there is. */
export interface BenchSize {
  /** People, and chats of theirs; each chat but one has one message. */
  chats: number;
  /** Messages of the long chat. */
  messages: number;
}

/** Fills every collection: people, chats over a month, and one long chat among short ones. */
export async function fillDatabase(
  connection: Connection,
  { chats: size, messages }: BenchSize,
): Promise<BenchData> {
  const now = Date.now();
  const at = (share: number) => new Date(now - SPAN_MS + Math.round(share * SPAN_MS));
  const users = Array.from({ length: size }, (_, index) => makeUser(index));
  const chats = users.map((user, index) => makeChat(user._id, at(index / size)));
  const longChat = chats.at(-1);
  const customer = users.at(-1);
  const [admin] = users;
  if (!longChat || !admin || !customer) throw new Error('There must be at least one chat.');
  admin.role = 'admin';
  Object.assign(longChat, {
    lastSeq: messages,
    lastEntryAt: at(1),
    written: { user: messages, admin: 0 },
    unreadCount: { user: 0, admin: messages },
    counted: { open: true, unread: true, waiting: true, openAssignee: UNASSIGNED, messages },
  });

  await insert(connection, 'users', users.length, (index) => users[index]);
  await insert(connection, 'chats', chats.length, (index) => chats[index]);
  await insert(connection, 'active_chats', chats.length, (index) => {
    const chat = chats[index];
    return chat && { _id: chat.user, chat: chat._id };
  });
  await insert(connection, 'messages', chats.length - 1, (index) => {
    const chat = chats[index];
    return chat && makeMessage(chat, 1, at(index / size));
  });
  const middle = Math.floor(messages / 2);
  let clientMessageId = '';
  await insert(connection, 'messages', messages, (index) => {
    const message = makeMessage(longChat, index + 1, at((index + 1) / messages));
    if (index === middle) ({ clientMessageId } = message);
    return message;
  });
  return { customer, admin, longChat, clientMessageId, messages };
}

/** Made as they are written: a million of them would not be held at once. */
async function insert(
  connection: Connection,
  name: string,
  count: number,
  make: (index: number) => object | undefined,
): Promise<void> {
  for (let start = 0; start < count; start += CHUNK) {
    const documents = Array.from({ length: Math.min(CHUNK, count - start) }, (_, index) =>
      make(start + index),
    );
    await connection.collection(name).insertMany(documents.filter((document) => document !== undefined));
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
    openAssignee: UNASSIGNED,
    counted: { open: true, unread: true, waiting: true, openAssignee: UNASSIGNED, messages: 1 },
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
