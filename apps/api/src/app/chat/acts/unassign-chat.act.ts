import { type Types } from 'mongoose';

import { type ActPlan, type ChatState } from '../log/log-act';
import { type Actor, unassignedEntry } from './system-entry';
import { TransitionAct } from './transition.act';

/** Nobody answers any more, until an admin does; the same again changes nothing. */
export class UnassignChatAct extends TransitionAct {
  constructor(
    chatId: Types.ObjectId,
    private readonly by: Actor,
  ) {
    super(chatId, by.id);
  }

  plan(state: ChatState): ActPlan {
    if (state.adminId === null) return { entries: [] };
    return { entries: [unassignedEntry(this.by)], chatChange: { admin: null } };
  }
}
