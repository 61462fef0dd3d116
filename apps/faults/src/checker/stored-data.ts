import { mongo } from 'mongoose';

/** An entry as it is stored, as far as it is checked. */
export interface StoredEntry {
  _id: mongo.ObjectId;
  chat: mongo.ObjectId;
  lane: string;
  seq: number;
  kind: string;
  sender: mongo.ObjectId | null;
  senderRole: 'user' | 'admin' | 'system';
  message: string;
  clientMessageId: string;
  written: { user: number; admin: number };
  system: { kind: string; admin?: { id: string } } | null;
}

/** A chat as it is stored, as far as it is checked. */
export interface StoredChat {
  _id: mongo.ObjectId;
  admin: mongo.ObjectId | null;
  isActive: boolean;
  lastMessage: string | null;
  lastSeq: number;
  unreadCount: { user: number; admin: number };
  written: { user: number; admin: number };
  readMarks: Record<'user' | 'admin', { seq: number; written: { user: number; admin: number } }>;
  isListed: boolean;
  isOpen: boolean;
  hasUnread: boolean;
  isWaiting: boolean;
  openAssignee: string | null;
}

/** What a counter holds. */
export interface StoredCounter {
  open?: number;
  unread?: number;
  waiting?: number;
  n?: number;
}

/** All that the database holds at one moment. */
export interface StoredData {
  /** By chat, ascending by seq; the customers' lane only. */
  entries: Map<string, StoredEntry[]>;
  chats: StoredChat[];
  inbox: StoredCounter;
  /** How many open chats each assignee has by the counters; those without any are left out. */
  openOf: Map<string, number>;
  /** The counted messages of people. */
  countedMessages: number;
}

/** Reads the database directly, past the product. */
export async function readStoredData(uri: string): Promise<StoredData> {
  const client = await mongo.MongoClient.connect(uri, { serverSelectionTimeoutMS: 20_000 });
  try {
    const database = client.db();
    const entries = new Map<string, StoredEntry[]>();
    const all = await database.collection<StoredEntry>('messages').find({ lane: 'thread' }).toArray();
    all.sort((one, other) => one.seq - other.seq);
    for (const entry of all) {
      const chatId = entry.chat.toHexString();
      const known = entries.get(chatId);
      if (known) known.push(entry);
      else entries.set(chatId, [entry]);
    }
    const chats = await database.collection<StoredChat>('chats').find().toArray();
    const counters = await database.collection<StoredCounter & { _id: string }>('counters').find().toArray();
    return {
      entries,
      chats,
      inbox: counters.find(({ _id }) => _id === 'inbox') ?? {},
      openOf: openOf(counters),
      countedMessages: counters.reduce((total, { n = 0 }) => total + n, 0),
    };
  } finally {
    await client.close(true);
  }
}

function openOf(counters: readonly (StoredCounter & { _id: string })[]): Map<string, number> {
  const prefix = 'open:';
  return new Map(
    counters.flatMap(({ _id, open = 0 }) =>
      _id.startsWith(prefix) && open !== 0 ? [[_id.slice(prefix.length), open]] : [],
    ),
  );
}
