import { type Connection, type Model, type Types } from 'mongoose';

import { AuditEntry, AuditEntrySchema } from '../audit/schemas/audit-entry.schema';
import { AUDIT_HEAD, AuditHead, AuditHeadSchema } from '../audit/schemas/audit-head.schema';
import { projectedHead } from '../chat/log/log-head';
import { LogReader } from '../chat/log/log-reader';
import {
  COUNTED_CHAT_FIELDS,
  type CountedChat,
  figuresOf,
  messagesCounterId,
  QUARTER_MS,
  quarterOf,
} from '../chat/overview/chat-figures';
import { DERIVED_FIELDS, headUpdate } from '../chat/projection/head-update';
import { ActiveChat, ActiveChatSchema } from '../chat/schemas/active-chat.schema';
import { Chat, ChatSchema } from '../chat/schemas/chat.schema';
import {
  Counter,
  CounterSchema,
  INBOX_COUNTER,
  KEPT_SECONDS,
  openCounterId,
} from '../chat/schemas/counter.schema';
import { Message, MessageSchema } from '../chat/schemas/message.schema';

/** Chats that are brought up together. */
const CHATS_AT_ONCE = 200;

/** Logs read at the same time. */
const HEADS_AT_ONCE = 16;

/**
 * Makes everything that follows from chats and logs anew, in a database in which nobody writes: which
 * chat of a customer is active, the chats' derived fields, the counters, and the head of the audit log.
 */
export class DerivedData {
  private readonly chats: Model<Chat>;
  private readonly messages: Model<Message>;
  private readonly activeChats: Model<ActiveChat>;
  private readonly counters: Model<Counter>;
  private readonly auditEntries: Model<AuditEntry>;
  private readonly auditHeads: Model<AuditHead>;
  private readonly reader: LogReader;
  private readonly inbox = { open: 0, unread: 0, waiting: 0 };
  /** Open chats by their assignee. */
  private readonly openOf = new Map<string, number>();

  constructor(
    connection: Connection,
    private readonly signal: AbortSignal,
  ) {
    this.chats = connection.model(Chat.name, ChatSchema);
    this.messages = connection.model(Message.name, MessageSchema);
    this.activeChats = connection.model(ActiveChat.name, ActiveChatSchema);
    this.counters = connection.model(Counter.name, CounterSchema);
    this.auditEntries = connection.model(AuditEntry.name, AuditEntrySchema);
    this.auditHeads = connection.model(AuditHead.name, AuditHeadSchema);
    this.reader = new LogReader(this.messages);
  }

  /** Once; what it makes must not be there yet. */
  async make(): Promise<void> {
    await this.eachChats((chats) => this.activate(chats.filter((chat) => chat.isActive)));
    await this.eachChats((chats) => this.bringUp(chats));
    await this.counters.create({ _id: INBOX_COUNTER, ...this.inbox });
    await this.counters.create(
      [...this.openOf].map(([assignee, open]) => ({ _id: openCounterId(assignee), open })),
    );
    await this.countMessages();
    const last = await this.auditEntries.findOne().sort({ _id: -1 }).lean<AuditEntry>();
    await this.auditHeads.create({ _id: AUDIT_HEAD, seq: last?._id ?? 0 });
  }

  private async eachChats(work: (chats: readonly Chat[]) => Promise<void>): Promise<void> {
    let chats: Chat[] = [];
    for await (const chat of this.chats.find().lean<Chat[]>().cursor({ batchSize: CHATS_AT_ONCE })) {
      chats.push(chat);
      if (chats.length < CHATS_AT_ONCE) continue;
      this.signal.throwIfAborted();
      await work(chats);
      chats = [];
    }
    if (chats.length > 0) await work(chats);
  }

  /**
   * Chats are backed up one after another: of a customer who has changed from one to another meanwhile
   * both may be active. The one with the newer activity stays so.
   */
  private async activate(chats: readonly Chat[]): Promise<void> {
    const newest = await this.activeOf(chats.map(({ user }) => user));
    const older: Chat[] = [];
    for (const chat of chats) {
      const customer = chat.user.toHexString();
      const rival = newest.get(customer);
      const isNewer = !rival || rival.activity < chat.activity;
      if (isNewer) newest.set(customer, chat);
      if (rival) older.push(isNewer ? rival : chat);
    }
    if (newest.size === 0) return;
    await this.activeChats.collection.bulkWrite(
      [...newest.values()].map(({ user, _id }) => ({
        replaceOne: { filter: { _id: user }, replacement: { chat: _id }, upsert: true },
      })),
      { ordered: false },
    );
    for (const { _id } of older) {
      await this.chats.collection.updateOne({ _id }, [{ $set: { isActive: false } }, ...DERIVED_FIELDS]);
    }
  }

  /** The chats that were found to be active before, by customer. */
  private async activeOf(customers: readonly Types.ObjectId[]): Promise<Map<string, Chat>> {
    const active = await this.activeChats.find({ _id: { $in: customers } }).lean<ActiveChat[]>();
    const chats = await this.chats.find({ _id: { $in: active.map(({ chat }) => chat) } }).lean<Chat[]>();
    return new Map(chats.map((chat) => [chat.user.toHexString(), chat]));
  }

  private async bringUp(chats: readonly Chat[]): Promise<void> {
    for (let start = 0; start < chats.length; start += HEADS_AT_ONCE) {
      await this.bringUpHeads(chats.slice(start, start + HEADS_AT_ONCE));
    }
    await this.count(chats.map(({ _id }) => _id));
  }

  private async bringUpHeads(chats: readonly Chat[]): Promise<void> {
    const heads = await Promise.all(
      chats.map((chat) => this.reader.head(chat._id, 'thread', projectedHead(chat))),
    );
    const updates = chats.flatMap((chat, index) => {
      const head = heads[index]?.head;
      if (!head || head.seq <= chat.lastSeq) return [];
      return [{ updateOne: { filter: { _id: chat._id }, update: [...headUpdate(head)] } }];
    });
    if (updates.length > 0) await this.chats.collection.bulkWrite(updates, { ordered: false });
  }

  private async count(ids: readonly Types.ObjectId[]): Promise<void> {
    const chats = await this.chats.find({ _id: { $in: ids } }, COUNTED_CHAT_FIELDS).lean<CountedChat[]>();
    const updates = chats.map((chat) => {
      const counted = figuresOf(chat);
      for (const figure of ['open', 'unread', 'waiting'] as const) {
        this.inbox[figure] += Number(counted[figure]);
      }
      const { openAssignee } = counted;
      if (openAssignee !== null) this.openOf.set(openAssignee, (this.openOf.get(openAssignee) ?? 0) + 1);
      return { updateOne: { filter: { _id: chat._id }, update: { $set: { counted } } } };
    });
    await this.chats.collection.bulkWrite(updates, { ordered: false });
  }

  /** Messages of people by quarters of an hour, as far back as they are kept. */
  private async countMessages(): Promise<void> {
    const now = Date.now();
    for (let time = quarterOf(now - KEPT_SECONDS * 1_000).getTime(); time <= now; time += QUARTER_MS) {
      this.signal.throwIfAborted();
      const quarter = new Date(time);
      const window = { $gte: quarter, $lt: new Date(time + QUARTER_MS) };
      const n = await this.countMessagesIn(window);
      if (n === 0) continue;
      await this.counters.create({ _id: messagesCounterId(quarter), n, at: quarter });
    }
  }

  private async countMessagesIn(createdAt: { $gte: Date; $lt: Date }): Promise<number> {
    let n = 0;
    const entries = this.messages
      .find({ createdAt }, { lane: 1, kind: 1, senderRole: 1 })
      .lean<Pick<Message, 'lane' | 'kind' | 'senderRole'>[]>()
      .cursor();
    for await (const { lane, kind, senderRole } of entries) {
      if (lane === 'thread' && kind === 'message' && senderRole !== 'system') n++;
    }
    return n;
  }
}
