import { type Types } from 'mongoose';

import { type ActPlan, type ChatState } from '../log/log-act';
import { type Actor, closedEntry } from './system-entry';
import { TransitionAct } from './transition.act';

/** A chat is over, and its customer may begin another; the same again changes nothing. */
export class CloseChatAct extends TransitionAct {
  constructor(
    chatId: Types.ObjectId,
    private readonly by: Actor,
  ) {
    super(chatId, by.id);
  }

  plan(state: ChatState): ActPlan {
    if (!state.isActive) return { entries: [] };
    return { entries: [closedEntry(this.by)], chatChange: { isActive: false } };
  }
}
