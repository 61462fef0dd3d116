import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import {
  type AnyBulkWriteOperation,
  type ClientSession,
  type Connection,
  type Model,
  type Types,
} from 'mongoose';

import { withinDeadline } from '../../database/within-deadline';
import { Chat, UNASSIGNED } from '../schemas/chat.schema';
import { Counter, INBOX_COUNTER, openCounterId } from '../schemas/counter.schema';
import {
  COUNTED_CHAT_FIELDS,
  type CountedChat,
  countedOf,
  figuresOf,
  isCounted,
  messagesCounterId,
  quarterOf,
} from './chat-figures';

/** How long a transaction may take with all its retries, in milliseconds. */
const TRANSACTION_TIMEOUT_MS = 10_000;

/** What chats add to the counters. */
interface Increments {
  open: number;
  unread: number;
  waiting: number;
  /** Open chats by their assignee; see {@link Chat.openAssignee}. */
  openOf: Map<string, number>;
  /** Messages by the start of their quarter of an hour, in milliseconds. */
  messages: Map<number, number>;
}

/** Which figures of the inbox a count has changed. */
export interface InboxChange {
  /** Whether one has that is the same for every admin. */
  isShared: boolean;
  /** Whose open chats are more or fewer than before; see {@link Chat.openAssignee}. */
  assignees: string[];
}

const NO_CHANGE: InboxChange = { isShared: false, assignees: [] };

/** Changes the counters, always together with what the chats say of them: one transaction, all or nothing. */
@Injectable()
export class CounterWriter {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    @InjectModel(Counter.name) private readonly counters: Model<Counter>,
  ) {}

  /** Counts chats as they are now; those that are counted already change nothing. */
  async count(ids: readonly Types.ObjectId[]): Promise<InboxChange> {
    const session = await this.connection.getClient().startSession();
    try {
      const transaction = session.withTransaction(() => this.countIn(session, ids));
      return await withinDeadline(transaction, TRANSACTION_TIMEOUT_MS);
    } finally {
      // It aborts what is not committed, by the database: nobody waits for that.
      void session.endSession().catch(() => undefined);
    }
  }

  private async countIn(session: ClientSession, ids: readonly Types.ObjectId[]): Promise<InboxChange> {
    const chats = await this.chats
      .find({ _id: { $in: ids } }, COUNTED_CHAT_FIELDS)
      .session(session)
      .lean<CountedChat[]>();
    const changed = chats.filter((chat) => !isCounted(chat));
    if (changed.length === 0) return NO_CHANGE;
    await this.chats.collection.bulkWrite(
      changed.map((chat) => ({
        updateOne: { filter: { _id: chat._id }, update: { $set: { counted: figuresOf(chat) } } },
      })),
      { session },
    );
    const increments = incrementsOf(changed);
    const updates = counterUpdates(increments);
    if (updates.length > 0) await this.counters.bulkWrite(updates, { session });
    return { isShared: hasSharedChange(increments), assignees: [...increments.openOf.keys()] };
  }
}

function incrementsOf(chats: readonly CountedChat[]): Increments {
  const sum: Increments = { open: 0, unread: 0, waiting: 0, openOf: new Map(), messages: new Map() };
  for (const chat of chats) {
    const [figures, counted] = [figuresOf(chat), countedOf(chat)];
    for (const figure of ['open', 'unread', 'waiting'] as const) {
      sum[figure] += Number(figures[figure]) - Number(counted[figure]);
    }
    add(sum.openOf, counted.openAssignee, -1);
    add(sum.openOf, figures.openAssignee, 1);
    if (chat.lastMessageTime && figures.messages !== counted.messages) {
      const quarter = quarterOf(chat.lastMessageTime.getTime()).getTime();
      add(sum.messages, quarter, figures.messages - counted.messages);
    }
  }
  return sum;
}

/** Adds to one of several sums; what comes to nothing is left out. */
function add<Key>(sums: Map<Key, number>, key: Key | null, summand: number): void {
  if (key === null) return;
  const sum = (sums.get(key) ?? 0) + summand;
  if (sum === 0) sums.delete(key);
  else sums.set(key, sum);
}

function hasSharedChange({ open, unread, waiting, openOf }: Increments): boolean {
  return open !== 0 || unread !== 0 || waiting !== 0 || openOf.has(UNASSIGNED);
}

function counterUpdates(increments: Increments): AnyBulkWriteOperation<Counter>[] {
  const { open, unread, waiting, openOf, messages } = increments;
  const updates: AnyBulkWriteOperation<Counter>[] = [...messages].map(([time, n]) => {
    const quarter = new Date(time);
    const update = { $inc: { n }, $setOnInsert: { at: quarter } };
    return { updateOne: { filter: { _id: messagesCounterId(quarter) }, update, upsert: true } };
  });
  for (const [assignee, open] of openOf) {
    const filter = { _id: openCounterId(assignee) };
    updates.push({ updateOne: { filter, update: { $inc: { open } }, upsert: true } });
  }
  if (open !== 0 || unread !== 0 || waiting !== 0) {
    const update = { $inc: { open, unread, waiting } };
    updates.push({ updateOne: { filter: { _id: INBOX_COUNTER }, update, upsert: true } });
  }
  return updates;
}
