import { type Model, Types } from 'mongoose';

import { type LogHead } from '../log/log-head';
import { type Chat } from '../schemas/chat.schema';
import { headUpdate } from './head-update';

/** Chats of one transaction: one sync to disk for all, and few enough that few meet another write. */
const CHATS_PER_TRANSACTION = 100;

/**
 * Brings chat documents up to heads. Many go into one transaction, because a server may sync to disk for
 * each single update; where one of the chats is being written by somebody else, each goes for itself.
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
    if (updates.length > 1 && (await areWrittenTogether(chats, updates))) continue;
    await chats.collection.bulkWrite(updates, { ordered: false });
  }
}

/** One try: an update of a head may be repeated, so whatever went wrong is left to the single updates. */
async function areWrittenTogether(
  chats: Model<Chat>,
  updates: Parameters<Model<Chat>['collection']['bulkWrite']>[0],
): Promise<boolean> {
  const session = await chats.db.getClient().startSession();
  try {
    session.startTransaction();
    await chats.collection.bulkWrite(updates, { session });
    await session.commitTransaction();
    return true;
  } catch {
    return false;
  } finally {
    // Aborts what was not committed.
    await session.endSession();
  }
}
