import { Injectable } from '@nestjs/common';

import { type Message } from '../schemas/message.schema';
import { ChatStateLoader } from './chat-state-loader';
import { type LaneQueue } from './lane-queue';
import { type ChatState, type Commit } from './log-act';
import { LogReader } from './log-reader';

/** Most entries that are told after a doubt; of more, clients learn by their heads. */
const TOLD_AFTER_DOUBT_MAX = 200;

/** Brings a queue up to its log, and finds what was stored there and told to nobody. */
@Injectable()
export class QueueCatchUp {
  constructor(
    private readonly loader: ChatStateLoader,
    private readonly reader: LogReader,
  ) {}

  /**
   * Reads the state of a queue.
   * @returns what has to be told; whoever has heard of it already drops it
   * @throws ApiError `not_found` when there is no such chat
   */
  async readState(queue: LaneQueue): Promise<Commit[]> {
    const waiting = [...queue.all()];
    const state = await this.loader.load(queue.chatId, queue.lane);
    const headSeq = state.head.seq;
    const toldAfter = Math.max(queue.doubtfulAfter ?? headSeq, headSeq - TOLD_AFTER_DOUBT_MAX);
    const untold = await this.findUntold(queue, state, toldAfter);
    for (const pending of waiting) pending.isStateFresh = true;
    queue.state = state;
    queue.toldAfter = toldAfter;
    queue.doubtfulAfter = null;
    // What was found while this was read has its turn after this one.
    for (const { entries } of untold) for (const { seq } of entries) queue.untold.delete(seq);
    return untold;
  }

  /** What was found one by one, and all that stands behind a number. */
  private async findUntold(queue: LaneQueue, state: ChatState, after: number): Promise<Commit[]> {
    const headSeq = state.head.seq;
    const found: Message[][] = [];
    for (const stored of [...queue.untold.values()]) {
      if (stored.seq <= after) found.push(await this.withItsSystemEntries(stored));
    }
    found.push(await this.reader.entries(queue.chatId, queue.lane, after, headSeq));
    return found
      .filter((entries) => entries.length > 0)
      .map((entries) => ({
        state,
        lane: queue.lane,
        entries,
        changedChat: entries.some(({ system }) => system !== null),
        isRepeated: true,
      }));
  }

  /** A message with the "reopened" before it and the "assigned" behind it, which were written together with it. */
  private async withItsSystemEntries(stored: Message): Promise<Message[]> {
    const { chat, lane, seq, createdAt } = stored;
    const around = await this.reader.entries(chat, lane, Math.max(0, seq - 2), seq + 1);
    return around.filter(
      (entry) => entry.seq === seq || (entry.system && entry.createdAt.getTime() === createdAt.getTime()),
    );
  }
}
