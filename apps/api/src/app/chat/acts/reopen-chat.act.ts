import { type Types } from 'mongoose';

import { type ActPlan, type ChatState } from '../log/log-act';
import { type Actor, reopenedEntry } from './system-entry';
import { TransitionAct } from './transition.act';

/**
 * A closed chat becomes its customer's active one again; the same again changes nothing. Whether another
 * one is active is judged by the transaction that writes it.
 */
export class ReopenChatAct extends TransitionAct {
  constructor(
    chatId: Types.ObjectId,
    private readonly by: Actor,
  ) {
    super(chatId, by.id);
  }

  plan(state: ChatState): ActPlan {
    if (state.isActive) return { entries: [] };
    return { entries: [reopenedEntry(this.by)], chatChange: { isActive: true } };
  }
}
