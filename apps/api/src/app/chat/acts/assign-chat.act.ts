import { randomUUID } from 'node:crypto';

import { Types } from 'mongoose';

import { type ActPlan, type ChatState, type LogAct } from '../log/log-act';
import { assignedEntry } from './system-entry';

/** An admin becomes the one who answers; the same again changes nothing. */
export class AssignChatAct implements LogAct {
  readonly lane = 'thread';
  readonly clientMessageId = randomUUID();
  readonly sender: Types.ObjectId;

  constructor(
    readonly chatId: Types.ObjectId,
    private readonly admin: { id: string; name: string },
  ) {
    this.sender = new Types.ObjectId(admin.id);
  }

  isSameAs(): boolean {
    return true;
  }

  /** No other has the same key. */
  repeats(other: LogAct): boolean {
    return other === this;
  }

  plan(state: ChatState): ActPlan {
    if (state.adminId?.equals(this.sender)) return { entries: [] };
    return { entries: [assignedEntry(this.admin)], chatChange: { admin: this.sender } };
  }
}
