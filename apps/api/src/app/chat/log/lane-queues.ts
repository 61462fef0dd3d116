import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

import { Environment } from '../../config/environment';
import { ApiError } from '../../errors/api-error';
import { LaneQueue, type PendingAct, queueKey } from './lane-queue';
import { type LogAct } from './log-act';

/** Chats whose state is kept in memory while nothing is written to them. */
const IDLE_QUEUES_MAX = 10_000;

const RETRY_AFTER_SECONDS = 1;

/** All queues of this node, and the bounds of what waits in them. */
@Injectable()
export class LaneQueues {
  private readonly working = new Map<string, LaneQueue>();
  private readonly idle = new LRUCache<string, LaneQueue>({ max: IDLE_QUEUES_MAX });
  private readonly whenIdle: (() => void)[] = [];
  private waiting = 0;

  constructor(private readonly environment: Environment) {}

  /** The queue that an act belongs to. */
  of(act: LogAct): LaneQueue {
    const key = queueKey(act.chatId, act.lane);
    return this.working.get(key) ?? this.idle.get(key) ?? new LaneQueue(act.chatId, act.lane);
  }

  /**
   * Puts an act at the end of its queue.
   * @throws ApiError `busy` when this chat's queue, or all together, hold as much as they may
   */
  push(queue: LaneQueue, act: LogAct): PendingAct {
    const { queuedEntriesPerChat, queuedEntries } = this.environment.limits;
    if (queue.length >= queuedEntriesPerChat || this.waiting >= queuedEntries) {
      throw new ApiError('busy', 'There is more to write than can be queued; try again shortly.', {
        retryAfter: RETRY_AFTER_SECONDS,
      });
    }
    this.idle.delete(queue.key);
    this.working.set(queue.key, queue);
    this.waiting++;
    return queue.push(act);
  }

  /** Takes an act out of its queue, once it is answered. */
  remove(queue: LaneQueue, pending: PendingAct): void {
    queue.remove(pending);
    this.waiting--;
  }

  /** Notes that a queue has nothing left to do; its state stays known for a while. */
  rest(queue: LaneQueue): void {
    this.working.delete(queue.key);
    this.idle.set(queue.key, queue);
    if (this.working.size === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  /**
   * Lets a resting queue work again without an act.
   * @returns false when it does already, or when it is not kept any more
   */
  resume(queue: LaneQueue): boolean {
    if (this.idle.get(queue.key) !== queue) return false;
    this.idle.delete(queue.key);
    this.working.set(queue.key, queue);
    return true;
  }

  /** How many acts wait, or are being written, in all. */
  get length(): number {
    return this.waiting;
  }

  /** Resolves when nothing is queued or in flight. */
  async drained(): Promise<void> {
    if (this.working.size === 0) return;
    await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }
}
