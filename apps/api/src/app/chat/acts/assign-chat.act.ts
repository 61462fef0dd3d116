import { type Types } from 'mongoose';

import { type ActPlan, type ChatState } from '../log/log-act';
import { assignedEntry } from './system-entry';
import { TransitionAct } from './transition.act';

/** An admin becomes the one who answers; the same again changes nothing. */
export class AssignChatAct extends TransitionAct {
  constructor(
    chatId: Types.ObjectId,
    private readonly admin: { id: string; name: string },
  ) {
    super(chatId, admin.id);
  }

  plan(state: ChatState): ActPlan {
    if (state.adminId?.equals(this.sender)) return { entries: [] };
    return { entries: [assignedEntry(this.admin)], chatChange: { admin: this.sender } };
  }
}
