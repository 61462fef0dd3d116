import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { type ClientSession, type Connection, type Model } from 'mongoose';

import { isDuplicateKey } from '../../database/is-duplicate-key';
import { withinDeadline } from '../../database/within-deadline';
import { ApiError } from '../../errors/api-error';
import { ActiveChats } from '../active-chats.service';
import { headUpdate } from '../projection/head-update';
import { Chat } from '../schemas/chat.schema';
import { Message } from '../schemas/message.schema';
import { EntryWriter, type WriteOutcome } from './entry-writer';
import { type Transition } from './lane-queue';
import { type ChatState, type MessageChange } from './log-act';
import { advanceHead, type LogHead } from './log-head';

/** How long a transaction may take with all its retries, in milliseconds: less than a caller waits for its answer. */
const TRANSACTION_TIMEOUT_MS = 6_500;

/** Writes entries together with the change of the chat or message that they tell of: one transaction, all or nothing. */
@Injectable()
export class TransitionWriter {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly entryWriter: EntryWriter,
    private readonly activeChats: ActiveChats,
  ) {}

  /** @param before the chat as it stood when the entries were planned */
  async write(
    before: ChatState,
    entries: readonly Message[],
    { chat, message }: Transition,
  ): Promise<WriteOutcome> {
    const head = entries.reduce(advanceHead, before.head);
    const session = await this.connection.getClient().startSession();
    try {
      const transaction = session.withTransaction(async () => {
        const { customerId, chatId } = before;
        if (chat?.isActive === true) await this.activeChats.activate(customerId, chatId, session);
        if (chat?.isActive === false) await this.activeChats.deactivate(customerId, chatId, session);
        await this.messages.collection.insertMany([...entries], { session, ordered: true });
        if (message) await this.changeMessage(message, head, session);
        if (chat) await this.chats.collection.updateOne({ _id: chatId }, headUpdate(head, chat), { session });
      });
      await withinDeadline(transaction, TRANSACTION_TIMEOUT_MS);
      return { stored: entries.length, failure: null };
    } catch (error) {
      return this.explain(entries, error);
    } finally {
      // It aborts what is not committed, by the database: nobody waits for that.
      void session.endSession().catch(() => undefined);
    }
  }

  /** `updatedAt` grows with each change, also of one moment: by it clients know the newer of two states. */
  private async changeMessage(
    { target, set }: MessageChange,
    { entryAt }: LogHead,
    session: ClientSession,
  ): Promise<void> {
    const before = await this.messages.findById(target).session(session).lean<Message>();
    const time = Math.max(entryAt?.getTime() ?? 0, (before?.updatedAt.getTime() ?? 0) + 1);
    const update = { $set: { ...set, updatedAt: new Date(time) } };
    await this.messages.collection.updateOne({ _id: target }, update, { session });
  }

  private async explain(entries: readonly Message[], error: unknown): Promise<WriteOutcome> {
    const [first] = entries;
    if (!first) return { stored: 0, failure: { kind: 'refused', error } };
    if (error instanceof ApiError) return { stored: 0, failure: { kind: 'refused', error } };
    const owned = entries.find((entry) => entry.sender !== null) ?? first;
    const failure = await this.entryWriter.lookUp(owned);
    // Stored under this very id: the transaction had committed, and only its answer was lost.
    if (failure.kind === 'duplicate' && failure.stored?._id.equals(owned._id)) {
      return { stored: entries.length, failure: null };
    }
    return {
      stored: 0,
      failure: isDuplicateKey(error) || failure.kind === 'unknown' ? failure : { kind: 'unknown', error },
    };
  }
}
