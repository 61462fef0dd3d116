import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, type Types } from 'mongoose';

import { withinDeadline } from '../../database/within-deadline';
import { type Lane, Message } from '../schemas/message.schema';
import { advanceHead, type LogHead } from './log-head';

/** Entries read at once: the window of every walk over a log. */
export const WINDOW = 256;

/** Most entries that one page may look at; beyond, it is short and its cursor goes on. */
const ENTRIES_PER_PAGE_MAX = 2_000;

/** How long an entry is looked for by its key, in milliseconds: somebody waits for the answer to a write. */
const LOOK_UP_TIMEOUT_MS = 1_000;

/** Messages of one lane, found by walking downwards. */
export interface MessagesBefore {
  /** Ascending by seq. */
  messages: Message[];
  /** The lowest number that was looked at: everything from here up to the start was covered. */
  covered: number;
}

/**
 * Reads a chat's log by arithmetic on `seq`. Every query is an equality on chat and lane plus one
 * two-sided range, or exactly one unique key: its cost is that of what it returns.
 */
@Injectable()
export class LogReader {
  constructor(@InjectModel(Message.name) private readonly messages: Model<Message>) {}

  /** The entries after one number up to and with another, ascending. */
  async entries(chatId: Types.ObjectId, lane: Lane, after: number, upTo: number): Promise<Message[]> {
    if (upTo <= after) return [];
    return this.messages
      .find({ chat: chatId, lane, seq: { $gt: after, $lte: upTo } })
      .sort({ seq: 1 })
      .lean<Message[]>();
  }

  /** The entry with a number. */
  async entry(chatId: Types.ObjectId, lane: Lane, seq: number): Promise<Message | null> {
    return this.messages.findOne({ chat: chatId, lane, seq }).lean<Message>();
  }

  /** The stored entry of an idempotency key. */
  async byIdempotencyKey(
    chatId: Types.ObjectId,
    sender: Types.ObjectId | null,
    clientMessageId: string,
  ): Promise<Message | null> {
    const lookUp = this.messages.findOne({ chat: chatId, sender, clientMessageId }).lean<Message>();
    return withinDeadline(lookUp.exec(), LOOK_UP_TIMEOUT_MS);
  }

  /** Messages by id, in any order. */
  async byIds(ids: readonly Types.ObjectId[]): Promise<Message[]> {
    if (ids.length === 0) return [];
    return this.messages.find({ _id: { $in: ids } }).lean<Message[]>();
  }

  /**
   * Where a log really stands: windows upwards from what is known until one is short. The numbers
   * have no gap, so a short window is the end.
   * @returns the head, and whether an entry of the system was passed on the way
   */
  async head(
    chatId: Types.ObjectId,
    lane: Lane,
    known: LogHead,
  ): Promise<{ head: LogHead; passedSystemEntry: boolean }> {
    let head = known;
    let passedSystemEntry = false;
    for (;;) {
      const window = await this.entries(chatId, lane, head.seq, head.seq + WINDOW);
      for (const entry of window) {
        head = advanceHead(head, entry);
        passedSystemEntry ||= entry.senderRole === 'system';
      }
      if (window.length < WINDOW) return { head, passedSystemEntry };
    }
  }

  /**
   * The newest messages before a number; changes of messages are passed over. A page may be short
   * when there are very many changes, but it is empty only at the beginning of the log.
   */
  async messagesBefore(
    chatId: Types.ObjectId,
    lane: Lane,
    before: number,
    limit: number,
  ): Promise<MessagesBefore> {
    const found: Message[] = [];
    let covered = before;
    let looked = 0;
    while (covered > 1 && found.length < limit && (looked < ENTRIES_PER_PAGE_MAX || found.length === 0)) {
      const size = Math.min(Math.max(limit - found.length, 1), covered - 1);
      const window = await this.entries(chatId, lane, covered - 1 - size, covered - 1);
      covered -= size;
      looked += size;
      found.unshift(...window.filter((entry) => entry.kind === 'message'));
    }
    return { messages: found, covered };
  }
}
