import { Types } from 'mongoose';

import { type Lane, type Message } from '../schemas/message.schema';
import {
  type ActOutcome,
  type ActPlan,
  type ChatChange,
  type ChatState,
  type LogAct,
  type MessageChange,
  numberEntries,
} from './log-act';
import { advanceHead } from './log-head';

/** Most acts that one chat contributes to a batch. */
const ACTS_PER_RUN_MAX = 100;

/** An act on its way, and those who wait for it. */
export interface PendingAct {
  act: LogAct;
  outcome: PromiseWithResolvers<ActOutcome>;
  /** How often it lost its number to somebody else. */
  renumbered: number;
  /** Whether the state was read after it came: other nodes may have changed an older one. */
  isStateFresh: boolean;
}

/** An act with the entries that it comes to, numbered. */
export interface PlannedAct {
  pending: PendingAct;
  entries: Message[];
}

/** What one act changes beside the entries that it adds. */
export interface Transition {
  chat?: ChatChange;
  message?: MessageChange;
}

/** What one turn of a queue wants to write: many acts that are entries only, or one that changes something else. */
export interface Run {
  queue: LaneQueue;
  state: ChatState;
  acts: PlannedAct[];
  transition: Transition | null;
}

/**
 * One chat's way into one lane of its log, on this node. At most one of its writes is in flight;
 * acts leave it in the order in which they came.
 */
export class LaneQueue {
  /** This node has told of all entries behind this one, up to the last that it knows. */
  toldAfter = 0;

  /** The last entry that was told for sure, after a write whose outcome is unknown; else null. */
  doubtfulAfter: number | null = null;

  /** Messages that were stored before by whoever this node knows nothing of, and may have died before telling. */
  readonly untold = new Map<number, Message>();

  /** True from the moment a turn begins until its write has ended. */
  isInTurn = false;

  /** Tells this queue from all others. */
  readonly key: string;

  private currentState: ChatState | null = null;
  private knownSeq = 0;
  private readonly pending: PendingAct[] = [];
  private readonly byKey = new Map<string, PendingAct>();

  constructor(
    readonly chatId: Types.ObjectId,
    readonly lane: Lane,
  ) {
    this.key = queueKey(chatId, lane);
  }

  /** The chat as of the last entry that this node knows; null before it is read, and when in doubt. */
  get state(): ChatState | null {
    return this.currentState;
  }

  set state(state: ChatState | null) {
    this.currentState = state;
    if (state) this.knownSeq = state.head.seq;
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

  /** Whether something may have been told to nobody. */
  get isInDoubt(): boolean {
    return this.doubtfulAfter !== null || this.untold.size > 0;
  }

  /** Notes a message that was found stored, unless this node has told of it. */
  found(stored: Message): void {
    const isTold = stored.seq > this.toldAfter && stored.seq <= this.knownSeq;
    if (!isTold && stored.lane === this.lane) this.untold.set(stored.seq, stored);
  }

  /** Takes an act in at the end. */
  push(act: LogAct): PendingAct {
    const pending: PendingAct = { act, outcome: Promise.withResolvers(), renumbered: 0, isStateFresh: false };
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
    const run: Run = { queue: this, state, acts: [], transition: null };
    let head = state.head;
    for (const pending of [...this.pending]) {
      if (run.acts.length === ACTS_PER_RUN_MAX || run.transition) break;
      try {
        const plan = pending.act.plan({ ...state, head });
        if (plan.entries.length === 0) {
          if (this.isStateTooOldFor(pending)) break;
          settle.idle(pending);
          continue;
        }
        const transition = transitionOf(plan);
        if (transition && run.acts.length > 0) break;
        const place = { chatId: this.chatId, lane: this.lane, head };
        const entries = numberEntries(plan.entries, place, () => new Types.ObjectId());
        head = entries.reduce(advanceHead, head);
        run.acts.push({ pending, entries });
        run.transition = transition;
      } catch (error) {
        // What stands before it in this run may never be stored: it is judged once that is known.
        if (run.acts.length > 0 || this.isStateTooOldFor(pending)) break;
        settle.refused(pending, error);
      }
    }
    return run;
  }

  /**
   * "Nothing to do" and "not allowed" are believed only of a state that was read after the act came: nothing is
   * written that would show it to be stale. Otherwise it is read again, and the act has its next turn.
   */
  private isStateTooOldFor(pending: PendingAct): boolean {
    if (pending.isStateFresh) return false;
    this.state = null;
    return true;
  }
}

function transitionOf({ chatChange, messageChange }: ActPlan): Transition | null {
  return chatChange || messageChange ? { chat: chatChange, message: messageChange } : null;
}

/** The key under which a chat's queue of one lane is found. */
export function queueKey(chatId: Types.ObjectId, lane: Lane): string {
  return `${lane}:${chatId.toHexString()}`;
}

function keyOf(act: LogAct): string {
  return `${act.sender.toHexString()}:${act.clientMessageId}`;
}
