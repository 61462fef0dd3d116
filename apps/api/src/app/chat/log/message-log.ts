import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Subject } from 'rxjs';

import { ApiError } from '../../errors/api-error';
import { ActAnswers, refusedByDatabase } from './act-answers';
import { ChatStateLoader } from './chat-state-loader';
import { EntryWriter, type WriteFailure, type WriteOutcome } from './entry-writer';
import { type LaneQueue, type PendingAct, type PlannedAct, type Run } from './lane-queue';
import { LaneQueues } from './lane-queues';
import { type ActOutcome, type ChatState, type Commit, type LogAct } from './log-act';
import { advanceHead } from './log-head';
import { LogReader } from './log-reader';
import { TransitionWriter } from './transition-writer';

/** Commits under way at once. One would double the latency under light load, more gain nothing. */
const COMMIT_SLOTS = 4;

/** Most entries of one insert. */
const ENTRIES_PER_BATCH_MAX = 500;

/** Most entries that are told after a doubt; of more, clients learn by their heads. */
const TOLD_AFTER_DOUBT_MAX = 200;

/** How often an act may lose its number to another node before the caller is asked to come back. */
const RENUMBERINGS_MAX = 200;

/**
 * The append of every entry: an event store's append with an expected version, per chat. Each chat
 * and lane has one queue with at most one write in flight; four commit slots write the runs of whole
 * chats in one ordered insert; what arrives meanwhile forms the next batch (group commit).
 */
@Injectable()
export class MessageLog implements OnModuleDestroy {
  /** Everything that this node has made durable, in order within each chat. */
  readonly commits = new Subject<Commit>();

  private readonly logger = new Logger(MessageLog.name);
  private readonly ready: LaneQueue[] = [];
  private freeSlots = COMMIT_SLOTS;
  private isStopping = false;

  constructor(
    private readonly queues: LaneQueues,
    private readonly answers: ActAnswers,
    private readonly loader: ChatStateLoader,
    private readonly reader: LogReader,
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
    if (underWay) return (await this.answers.follow(underWay, act)) ?? this.append(act);
    const pending = this.queues.push(queue, act);
    if (!queue.isInTurn) this.beginTurn(queue);
    return pending.outcome.promise;
  }

  /** Takes no more acts, and ends once those under way are answered. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.queues.drained();
    this.commits.complete();
  }

  /** A turn: read the state where it is in doubt, then wait for a commit slot. */
  private beginTurn(queue: LaneQueue): void {
    queue.isInTurn = true;
    if (queue.state) {
      this.takePlace(queue);
      return;
    }
    this.readState(queue).then(
      () => this.takePlace(queue),
      (error: unknown) => {
        for (const pending of [...queue.all()]) this.answers.refuse(queue, pending, error);
        queue.isInTurn = false;
        this.queues.rest(queue);
      },
    );
  }

  private async readState(queue: LaneQueue): Promise<void> {
    const state = await this.loader.load(queue.chatId, queue.lane);
    await this.tellWhatWasStored(queue, state);
    queue.state = state;
    queue.isFresh = true;
    queue.foundSeq = state.head.seq;
  }

  /** What an unknown outcome has stored all the same was told to nobody; who has heard of it drops it. */
  private async tellWhatWasStored(queue: LaneQueue, state: ChatState): Promise<void> {
    const { doubtfulAfter, chatId, lane } = queue;
    if (doubtfulAfter === null) return;
    if (state.head.seq - doubtfulAfter <= TOLD_AFTER_DOUBT_MAX) {
      const entries = await this.reader.entries(chatId, lane, doubtfulAfter, state.head.seq);
      const changedChat = entries.some(({ system }) => system !== null);
      if (entries.length > 0) this.commits.next({ state, lane, entries, changedChat });
    }
    queue.doubtfulAfter = null;
  }

  private takePlace(queue: LaneQueue): void {
    this.ready.push(queue);
    this.fillSlots();
  }

  private endTurn(queue: LaneQueue): void {
    queue.isInTurn = false;
    queue.isFresh = false;
    // A doubt is cleared up at once, or nobody would hear of what was stored until the next act.
    if (queue.length > 0 || queue.doubtfulAfter !== null) this.beginTurn(queue);
    else this.queues.rest(queue);
  }

  private fillSlots(): void {
    while (this.freeSlots > 0 && this.ready.length > 0) {
      const batch = this.takeBatch();
      if (batch.length === 0) continue;
      this.freeSlots--;
      void this.commitBatch(batch).finally(() => {
        this.freeSlots++;
        this.fillSlots();
      });
    }
  }

  /** Whole runs of the chats that waited longest; one that changes its chat goes alone. */
  private takeBatch(): Run[] {
    const batch: Run[] = [];
    let entries = 0;
    while (entries < ENTRIES_PER_BATCH_MAX) {
      const queue = this.ready.shift();
      if (!queue?.state) break;
      const run = queue.planRun(queue.state, {
        refused: (pending, error) => this.answers.refuse(queue, pending, error),
        idle: (pending) => this.settleIdle(queue, pending),
      });
      if (run.acts.length === 0) {
        this.endTurn(queue);
      } else if (run.chatChange && batch.length > 0) {
        this.ready.unshift(queue);
        break;
      } else {
        batch.push(run);
        entries += run.acts.length;
        if (run.chatChange) break;
      }
    }
    return batch;
  }

  /** Nothing to do is believed only of a state read in this turn: nothing is written that would show it to be stale. */
  private settleIdle(queue: LaneQueue, pending: PendingAct): void {
    if (queue.isFresh) this.answers.resolve(queue, pending, []);
    else queue.state = null;
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
      if (storedActs.length > 0) this.publish(run, storedActs);
      const [failing, ...behind] = run.acts.slice(storedActs.length);
      if (failing && failure) {
        stored = 0;
        this.handleFailure(run.queue, failing, behind, failure);
        // What stands behind a definite failure was not tried; behind an unknown one it may be stored.
        if (failure.kind !== 'unknown') failure = null;
      }
      this.endTurn(run.queue);
    }
  }

  private async write(batch: Run[]): Promise<WriteOutcome> {
    const entries = batch.flatMap((run) => run.acts.flatMap((act) => act.entries));
    const [first] = batch;
    try {
      return first?.chatChange
        ? await this.transitionWriter.write(first.state, entries, first.chatChange)
        : await this.entryWriter.write(entries);
    } catch (error) {
      return { stored: 0, failure: { kind: 'unknown', error } };
    }
  }

  private publish(run: Run, acts: PlannedAct[]): void {
    const entries = acts.flatMap((act) => act.entries);
    const state = {
      ...run.state,
      head: entries.reduce(advanceHead, run.state.head),
      isActive: run.chatChange?.isActive ?? run.state.isActive,
      adminId: run.chatChange?.admin ?? run.state.adminId,
    };
    run.queue.state = state;
    this.commits.next({ state, lane: run.queue.lane, entries, changedChat: run.chatChange !== null });
    for (const { pending, entries: own } of acts) this.answers.resolve(run.queue, pending, own);
  }

  private handleFailure(
    queue: LaneQueue,
    failing: PlannedAct,
    behind: readonly PlannedAct[],
    failure: WriteFailure,
  ): void {
    const known = queue.state?.head.seq ?? 0;
    // In doubt the state is read again before anything else is numbered.
    queue.state = null;
    const { pending } = failing;
    if (failure.kind === 'unknown') {
      queue.doubt(known);
      this.logger.error({ err: failure.error }, 'The database did not confirm entries.');
      for (const act of [failing, ...behind]) this.answers.refuse(queue, act.pending, failure.error);
    } else if (failure.kind === 'refused') {
      this.logger.error({ err: failure.error }, 'The database refused an entry.');
      this.answers.refuse(queue, pending, refusedByDatabase(failure.error));
    } else if (failure.stored) {
      // What was there before this node read the log may have been told to nobody: its node may have died.
      if (failure.stored.seq <= queue.foundSeq) queue.doubt(failure.stored.seq - 1);
      this.answers.resolveStored(queue, pending, failure.stored);
    } else if (++pending.renumbered > RENUMBERINGS_MAX) {
      this.answers.refuse(queue, pending, new Error('The number was taken too often.'));
    }
  }
}

function stopping(): ApiError {
  return new ApiError('unavailable', 'The server is stopping; try again with the same id.', {
    retryAfter: 1,
  });
}
