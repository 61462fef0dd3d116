import { type Model, Types } from 'mongoose';

import { writeTogether } from '../../database/write-together';
import { type LogHead } from '../log/log-head';
import { type Chat } from '../schemas/chat.schema';
import { headUpdate } from './head-update';

/** Chats of one transaction: one sync to disk for all, and few enough that few meet another write. */
const CHATS_PER_TRANSACTION = 100;

/**
 * Brings chat documents up to heads.
 * @param heads by the chat's id
 */
export async function writeHeads(
  chats: Model<Chat>,
  heads: readonly (readonly [string, LogHead])[],
): Promise<void> {
  for (let start = 0; start < heads.length; start += CHATS_PER_TRANSACTION) {
    const updates = heads.slice(start, start + CHATS_PER_TRANSACTION).map(([id, head]) => ({
      updateOne: { filter: { _id: new Types.ObjectId(id) }, update: headUpdate(head) },
    }));
    await writeTogether(chats, updates);
  }
}
