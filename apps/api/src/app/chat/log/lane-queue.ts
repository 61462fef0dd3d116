import { Types } from 'mongoose';

import { type Lane, type Message } from '../schemas/message.schema';
import { type ActOutcome, type ChatChange, type ChatState, type LogAct, numberEntries } from './log-act';
import { advanceHead } from './log-head';

/** Most acts that one chat contributes to a batch. */
const ACTS_PER_RUN_MAX = 100;

/** An act on its way, and those who wait for it. */
export interface PendingAct {
  act: LogAct;
  outcome: PromiseWithResolvers<ActOutcome>;
  /** How often it lost its number to somebody else. */
  renumbered: number;
}

/** An act with the entries that it comes to, numbered. */
export interface PlannedAct {
  pending: PendingAct;
  entries: Message[];
}

/** What one turn of a queue wants to write: many acts that are entries only, or one that changes the chat. */
export interface Run {
  queue: LaneQueue;
  state: ChatState;
  acts: PlannedAct[];
  chatChange: ChatChange | null;
}

/**
 * One chat's way into one lane of its log, on this node. At most one of its writes is in flight;
 * acts leave it in the order in which they came.
 */
export class LaneQueue {
  /** The chat as of the last entry that this node knows; null before it is read, and when in doubt. */
  state: ChatState | null = null;

  /** The newest entry that was there when the log was last read; this node has told of all behind it. */
  foundSeq = 0;

  /** The last entry that was told for sure, after a write whose outcome is unknown; else null. */
  doubtfulAfter: number | null = null;

  /** Whether the state was read in this turn: other nodes may have changed an older one. */
  isFresh = false;

  /** True from the moment a turn begins until its write has ended. */
  isInTurn = false;

  /** Tells this queue from all others. */
  readonly key: string;

  private readonly pending: PendingAct[] = [];
  private readonly byKey = new Map<string, PendingAct>();

  constructor(
    readonly chatId: Types.ObjectId,
    readonly lane: Lane,
  ) {
    this.key = queueKey(chatId, lane);
  }

  /** How many acts wait. */
  get length(): number {
    return this.pending.length;
  }

  /** The act under the same key that is on its way already. */
  find(act: LogAct): PendingAct | undefined {
    return this.byKey.get(keyOf(act));
  }

  /** Notes that what stands behind an entry may have been told to nobody. */
  doubt(after: number): void {
    this.doubtfulAfter = Math.min(this.doubtfulAfter ?? after, after);
  }

  /** Takes an act in at the end. */
  push(act: LogAct): PendingAct {
    const pending: PendingAct = { act, outcome: Promise.withResolvers(), renumbered: 0 };
    this.pending.push(pending);
    this.byKey.set(keyOf(act), pending);
    return pending;
  }

  /** Takes an act out, once it is answered. */
  remove(pending: PendingAct): void {
    const index = this.pending.indexOf(pending);
    if (index >= 0) this.pending.splice(index, 1);
    this.byKey.delete(keyOf(pending.act));
  }

  /** Everything that waits, oldest first. */
  all(): readonly PendingAct[] {
    return this.pending;
  }

  /**
   * Plans the next turn: judges the acts in order against the state, numbers their entries, and stops
   * before an act that must be alone. Acts that are refused or have nothing to do are handed out.
   */
  planRun(
    state: ChatState,
    settle: { refused: (pending: PendingAct, error: unknown) => void; idle: (pending: PendingAct) => void },
  ): Run {
    const run: Run = { queue: this, state, acts: [], chatChange: null };
    let head = state.head;
    for (const pending of [...this.pending]) {
      if (run.acts.length === ACTS_PER_RUN_MAX || run.chatChange) break;
      try {
        const plan = pending.act.plan({ ...state, head });
        if (plan.entries.length === 0) {
          // What follows is judged by the same state; where that has to be read again, in the next turn.
          settle.idle(pending);
          if (this.state === null) break;
          continue;
        }
        if (plan.chatChange && run.acts.length > 0) break;
        const place = { chatId: this.chatId, lane: this.lane, head };
        const entries = numberEntries(plan.entries, place, () => new Types.ObjectId());
        head = entries.reduce(advanceHead, head);
        run.acts.push({ pending, entries });
        run.chatChange = plan.chatChange ?? null;
      } catch (error) {
        settle.refused(pending, error);
      }
    }
    return run;
  }
}

/** The key under which a chat's queue of one lane is found. */
export function queueKey(chatId: Types.ObjectId, lane: Lane): string {
  return `${lane}:${chatId.toHexString()}`;
}

function keyOf(act: LogAct): string {
  return `${act.sender.toHexString()}:${act.clientMessageId}`;
}
