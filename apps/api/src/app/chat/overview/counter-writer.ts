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
import { Chat } from '../schemas/chat.schema';
import { Counter, INBOX_COUNTER } from '../schemas/counter.schema';
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
  /** Messages by the start of their quarter of an hour, in milliseconds. */
  messages: Map<number, number>;
}

/** Changes the counters, always together with what the chats say of them: one transaction, all or nothing. */
@Injectable()
export class CounterWriter {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    @InjectModel(Counter.name) private readonly counters: Model<Counter>,
  ) {}

  /**
   * Counts chats as they are now; those that are counted already change nothing.
   * @returns whether a figure of the inbox has changed
   */
  async count(ids: readonly Types.ObjectId[]): Promise<boolean> {
    const session = await this.connection.getClient().startSession();
    try {
      const transaction = session.withTransaction(() => this.countIn(session, ids));
      return await withinDeadline(transaction, TRANSACTION_TIMEOUT_MS);
    } finally {
      // It aborts what is not committed, by the database: nobody waits for that.
      void session.endSession().catch(() => undefined);
    }
  }

  private async countIn(session: ClientSession, ids: readonly Types.ObjectId[]): Promise<boolean> {
    const chats = await this.chats
      .find({ _id: { $in: ids } }, COUNTED_CHAT_FIELDS)
      .session(session)
      .lean<CountedChat[]>();
    const changed = chats.filter((chat) => !isCounted(chat));
    if (changed.length === 0) return false;
    await this.chats.collection.bulkWrite(
      changed.map((chat) => ({
        updateOne: { filter: { _id: chat._id }, update: { $set: { counted: figuresOf(chat) } } },
      })),
      { session },
    );
    const increments = incrementsOf(changed);
    await this.counters.bulkWrite(counterUpdates(increments), { session });
    return hasInboxChange(increments);
  }
}

function incrementsOf(chats: readonly CountedChat[]): Increments {
  const sum: Increments = { open: 0, unread: 0, waiting: 0, messages: new Map() };
  for (const chat of chats) {
    const [figures, counted] = [figuresOf(chat), countedOf(chat)];
    for (const figure of ['open', 'unread', 'waiting'] as const) {
      sum[figure] += Number(figures[figure]) - Number(counted[figure]);
    }
    if (chat.lastMessageTime && figures.messages !== counted.messages) {
      const quarter = quarterOf(chat.lastMessageTime.getTime()).getTime();
      const known = sum.messages.get(quarter) ?? 0;
      sum.messages.set(quarter, known + figures.messages - counted.messages);
    }
  }
  return sum;
}

function hasInboxChange({ open, unread, waiting }: Increments): boolean {
  return open !== 0 || unread !== 0 || waiting !== 0;
}

function counterUpdates(increments: Increments): AnyBulkWriteOperation<Counter>[] {
  const { open, unread, waiting, messages } = increments;
  const updates: AnyBulkWriteOperation<Counter>[] = [...messages].map(([time, n]) => {
    const quarter = new Date(time);
    const update = { $inc: { n }, $setOnInsert: { at: quarter } };
    return { updateOne: { filter: { _id: messagesCounterId(quarter) }, update, upsert: true } };
  });
  if (hasInboxChange(increments)) {
    const update = { $inc: { open, unread, waiting } };
    updates.push({ updateOne: { filter: { _id: INBOX_COUNTER }, update, upsert: true } });
  }
  return updates;
}
