import { randomUUID } from 'node:crypto';

import { Types } from 'mongoose';

import { type ActPlan, type ChatState, type LogAct } from '../log/log-act';

/** Something that happens to the chat itself. It is no message, so no try of it is ever stored under its key. */
export abstract class TransitionAct implements LogAct {
  readonly lane = 'thread';
  readonly clientMessageId = randomUUID();
  readonly sender: Types.ObjectId;

  /** @param personId in whose name it is queued */
  constructor(
    readonly chatId: Types.ObjectId,
    personId: string,
  ) {
    this.sender = new Types.ObjectId(personId);
  }

  isSameAs(): boolean {
    return true;
  }

  /** No other has the same key. */
  repeats(other: LogAct): boolean {
    return other === this;
  }

  abstract plan(state: ChatState): ActPlan;
}
