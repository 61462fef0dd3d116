import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Subject } from 'rxjs';

import { ApiError } from '../../errors/api-error';
import { ActAnswers, asRefusal } from './act-answers';
import { EntryWriter, type WriteFailure, type WriteOutcome } from './entry-writer';
import { type LaneQueue, type PendingAct, type PlannedAct, type Run } from './lane-queue';
import { LaneQueues } from './lane-queues';
import { type ActOutcome, type ChatState, type Commit, type LogAct } from './log-act';
import { advanceHead } from './log-head';
import { QueueCatchUp } from './queue-catch-up';
import { TransitionWriter } from './transition-writer';

/** Commits under way at once. One would double the latency under light load, more gain nothing. */
const COMMIT_SLOTS = 4;

/**
 * While so many commits are under way, what is ready waits for company: the chats whose answers have just gone out
 * write again within a moment, and the first of them would take a slot for itself (PostgreSQL's `commit_siblings`).
 */
const SIBLINGS_TO_WAIT = 2;

/** How long it waits then, in milliseconds (PostgreSQL's `commit_delay`). */
const GATHER_MS = 2;

/** Most entries of one insert. */
const ENTRIES_PER_BATCH_MAX = 500;

/** Pause before a log is read again that could not be read after a doubt, in milliseconds. */
const DOUBT_RETRY_MS = 2_000;

/** How often an act may lose its number to another node before the caller is asked to come back. */
const RENUMBERINGS_MAX = 200;

/** A write, inserts and transactions alike, as those see it who watch over it. */
export interface Write {
  /** How many entries are stored for sure. */
  stored: number;
  /** What became of the others; `stored`: there are none. */
  outcome: 'stored' | WriteFailure['kind'];
  /** How long it took, with its retries. */
  milliseconds: number;
}

/**
 * The append of every entry: an event store's append with an expected version, per chat. Each chat
 * and lane has one queue with at most one write in flight; four commit slots write the runs of whole
 * chats in one ordered insert; what arrives meanwhile forms the next batch (group commit).
 */
@Injectable()
export class MessageLog implements OnModuleDestroy {
  /** Everything that this node has made durable, in order within each chat. */
  readonly commits = new Subject<Commit>();

  /** Each write once it has ended, however it did. */
  readonly writes = new Subject<Write>();

  private readonly logger = new Logger(MessageLog.name);
  private readonly ready: LaneQueue[] = [];
  private freeSlots = COMMIT_SLOTS;
  private gathering: NodeJS.Timeout | null = null;
  private isStopping = false;

  constructor(
    private readonly queues: LaneQueues,
    private readonly answers: ActAnswers,
    private readonly catchUp: QueueCatchUp,
    private readonly entryWriter: EntryWriter,
    private readonly transitionWriter: TransitionWriter,
  ) {}

  /**
   * Appends an act's entries; resolves once they are durable.
   * @throws ApiError `busy` when the queue is full, `id_reused`, `unavailable` when the outcome is
   *   unknown or this node is stopping (the same act may be tried again), and whatever the act's own preconditions say
   */
  async append(act: LogAct): Promise<ActOutcome> {
    if (this.isStopping) throw stopping();
    const queue = this.queues.of(act);
    const underWay = queue.find(act);
    if (underWay && act.repeats(underWay.act)) return this.answers.follow(underWay);
    if (underWay) {
      // One of them may be refused for what the other doesn't say: the log judges once the first has ended.
      await Promise.allSettled([underWay.outcome.promise]);
      return this.append(act);
    }
    const pending = this.queues.push(queue, act);
    if (!queue.isInTurn) this.beginTurn(queue);
    return pending.outcome.promise;
  }

  /** Takes no more acts, and ends once those under way are answered. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.queues.drained();
    this.commits.complete();
    this.writes.complete();
  }

  /** A turn: read the state where it is in doubt, then wait for a commit slot. */
  private beginTurn(queue: LaneQueue): void {
    queue.isInTurn = true;
    if (queue.state && !queue.isInDoubt) {
      this.takePlace(queue);
      return;
    }
    this.catchUp.readState(queue).then(
      (untold) => {
        for (const commit of untold) this.commits.next(commit);
        this.takePlace(queue);
      },
      (error: unknown) => {
        for (const pending of [...queue.all()]) this.refuse(queue, pending, error);
        queue.isInTurn = false;
        this.queues.rest(queue);
        if (queue.isInDoubt) this.clearUpLater(queue);
      },
    );
  }

  private clearUpLater(queue: LaneQueue): void {
    const timer = setTimeout(() => this.clearUp(queue), DOUBT_RETRY_MS);
    timer.unref();
  }

  /** Lets a queue that rests begin a turn for its doubt; one that works does so by itself. */
  private clearUp(queue: LaneQueue): void {
    if (this.isStopping || !queue.isInDoubt || !this.queues.resume(queue)) return;
    this.beginTurn(queue);
  }

  /** Refuses an act; where it turns out to be stored, whoever stored it may have died before telling. */
  private refuse(queue: LaneQueue, pending: PendingAct, reason: unknown): void {
    void this.answers.refuse(queue, pending, reason).then(() => this.clearUp(queue));
  }

  private takePlace(queue: LaneQueue): void {
    this.ready.push(queue);
    this.commitSoon();
  }

  private endTurn(queue: LaneQueue): void {
    queue.isInTurn = false;
    // A doubt is cleared up at once, or nobody would hear of what was stored until the next act.
    if (queue.length > 0 || queue.isInDoubt) this.beginTurn(queue);
    else this.queues.rest(queue);
  }

  /** At once under light load; otherwise after a moment in which others join. */
  private commitSoon(): void {
    if (COMMIT_SLOTS - this.freeSlots < SIBLINGS_TO_WAIT) {
      this.fillSlots();
      return;
    }
    this.gathering ??= setTimeout(() => {
      this.gathering = null;
      this.fillSlots();
    }, GATHER_MS);
  }

  private fillSlots(): void {
    while (this.freeSlots > 0 && this.ready.length > 0) {
      const batch = this.takeBatch();
      if (batch.length === 0) continue;
      this.freeSlots--;
      void this.commitBatch(batch).finally(() => {
        this.freeSlots++;
        this.commitSoon();
      });
    }
  }

  /** Whole runs of the chats that waited longest; one that changes more than its log goes alone. */
  private takeBatch(): Run[] {
    const batch: Run[] = [];
    let entries = 0;
    while (entries < ENTRIES_PER_BATCH_MAX) {
      const queue = this.ready.shift();
      if (!queue?.state) break;
      const run = queue.planRun(queue.state, {
        refused: (pending, error) => this.refuse(queue, pending, error),
        idle: (pending) => this.answers.resolve(queue, pending, []),
      });
      if (run.acts.length === 0) {
        this.endTurn(queue);
      } else if (run.transition && batch.length > 0) {
        this.ready.unshift(queue);
        break;
      } else {
        batch.push(run);
        entries += run.acts.length;
        if (run.transition) break;
      }
    }
    return batch;
  }

  private async commitBatch(batch: Run[]): Promise<void> {
    const outcome = await this.write(batch);
    let { stored, failure } = outcome;
    for (const run of batch) {
      const storedActs: PlannedAct[] = [];
      for (const act of run.acts) {
        if (act.entries.length > stored) break;
        stored -= act.entries.length;
        storedActs.push(act);
      }
      const known = storedActs.length > 0 ? this.publish(run, storedActs) : run.state;
      const failing = run.acts.slice(storedActs.length);
      if (failing.length > 0 && failure) {
        stored = 0;
        this.handleFailure(run.queue, known, failing, failure);
        // What stands behind a definite failure was not tried; behind an unknown one it may be stored.
        if (failure.kind !== 'unknown') failure = null;
      }
      this.endTurn(run.queue);
    }
  }

  private async write(batch: Run[]): Promise<WriteOutcome> {
    const from = performance.now();
    const outcome = await this.writeOut(batch);
    this.writes.next({
      stored: outcome.stored,
      outcome: outcome.failure?.kind ?? 'stored',
      milliseconds: performance.now() - from,
    });
    return outcome;
  }

  private async writeOut(batch: Run[]): Promise<WriteOutcome> {
    const entries = batch.flatMap((run) => run.acts.flatMap((act) => act.entries));
    const [first] = batch;
    try {
      return first?.transition
        ? await this.transitionWriter.write(first.state, entries, first.transition)
        : await this.entryWriter.write(entries);
    } catch (error) {
      return { stored: 0, failure: { kind: 'unknown', error } };
    }
  }

  /** @returns the chat as it stands after these acts */
  private publish(run: Run, acts: PlannedAct[]): ChatState {
    const entries = acts.flatMap((act) => act.entries);
    const change = run.transition?.chat;
    const { isActive = run.state.isActive, admin = run.state.adminId } = change ?? {};
    const head = entries.reduce(advanceHead, run.state.head);
    const state = { ...run.state, head, isActive, adminId: admin };
    run.queue.state = state;
    this.commits.next({
      state,
      lane: run.queue.lane,
      entries,
      changedChat: change !== undefined,
      isRepeated: false,
    });
    for (const { pending, entries: own } of acts) this.answers.resolve(run.queue, pending, own);
    return state;
  }

  /** @param known the chat as it stands before the first of the acts that were not stored */
  private handleFailure(
    queue: LaneQueue,
    known: ChatState,
    [failing, ...behind]: readonly PlannedAct[],
    failure: WriteFailure,
  ): void {
    if (!failing) return;
    // In doubt the state is read again before anything else is numbered.
    queue.state = null;
    const { pending } = failing;
    if (failure.kind === 'unknown') {
      queue.doubt(known.head.seq);
      this.logger.error({ err: failure.error }, 'The database did not confirm entries.');
      for (const act of [failing, ...behind]) this.refuse(queue, act.pending, failure.error);
    } else if (failure.kind === 'refused') {
      const refusal = asRefusal(failure.error);
      if (refusal.status >= 500) this.logger.error({ err: refusal.cause }, 'The database refused an entry.');
      this.refuse(queue, pending, refusal);
    } else if (failure.stored) {
      // Whoever stored it may have died before telling.
      queue.found(failure.stored);
      this.answers.resolveStored(queue, pending, failure.stored);
    } else if (++pending.renumbered > RENUMBERINGS_MAX) {
      this.refuse(queue, pending, new Error('The number was taken too often.'));
    }
  }
}

function stopping(): ApiError {
  return new ApiError('unavailable', 'The server is stopping; try again with the same id.', {
    retryAfter: 1,
  });
}
