import { Injectable } from '@nestjs/common';

import { ApiError } from '../../errors/api-error';
import { type Message } from '../schemas/message.schema';
import { type LaneQueue, type PendingAct } from './lane-queue';
import { LaneQueues } from './lane-queues';
import { type ActOutcome } from './log-act';
import { LogReader } from './log-reader';

const RETRY_AFTER_SECONDS = 1;

/** Ends acts: takes each out of its queue and answers whoever waits for it. */
@Injectable()
export class ActAnswers {
  constructor(
    private readonly queues: LaneQueues,
    private readonly reader: LogReader,
  ) {}

  /** The act's entries are durable, or there was nothing to do. */
  resolve(queue: LaneQueue, pending: PendingAct, entries: Message[]): void {
    this.queues.remove(queue, pending);
    pending.outcome.resolve({ entries, isNew: entries.length > 0 });
  }

  /** An earlier try had stored the act under its key. */
  resolveStored(queue: LaneQueue, pending: PendingAct, stored: Message): void {
    this.queues.remove(queue, pending);
    if (pending.act.isSameAs(stored)) pending.outcome.resolve({ entries: [stored], isNew: false });
    else pending.outcome.reject(idReused());
  }

  /**
   * Refuses an act, unless it is stored: the retry of a stored message is always answered with it, and its
   * queue notes it as found.
   * @param reason an ApiError is passed on; anything else means that the outcome is unknown
   * @returns resolves once it is answered
   */
  async refuse(queue: LaneQueue, pending: PendingAct, reason: unknown): Promise<void> {
    this.queues.remove(queue, pending);
    const { act, outcome } = pending;
    let stored: Message | null;
    try {
      stored = await this.reader.byIdempotencyKey(act.chatId, act.sender, act.clientMessageId);
    } catch (error) {
      // Whether it is stored can't be known now: a refusal for good would be a lie where it is.
      outcome.reject(unavailable(error));
      return;
    }
    if (!stored) {
      outcome.reject(reason instanceof ApiError ? reason : unavailable(reason));
      return;
    }
    queue.found(stored);
    if (act.isSameAs(stored)) outcome.resolve({ entries: [stored], isNew: false });
    else outcome.reject(idReused());
  }

  /** The same act, of the same content, is on its way already: both are answered with what becomes of that one. */
  async follow(underWay: PendingAct): Promise<ActOutcome> {
    const { entries } = await underWay.outcome.promise;
    return { entries, isNew: false };
  }
}

/** The database will not have this very entry: to try the same again is of no use. */
export function asRefusal(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError('internal_error', 'The message could not be stored.', { cause: error });
}

function idReused(): ApiError {
  return new ApiError('id_reused', 'This clientMessageId was used for another message.', {
    details: [{ field: 'clientMessageId', message: 'clientMessageId must be new for each message' }],
  });
}

function unavailable(cause: unknown): ApiError {
  return new ApiError('unavailable', 'The database did not confirm the write; try again with the same id.', {
    retryAfter: RETRY_AFTER_SECONDS,
    cause,
  });
}
