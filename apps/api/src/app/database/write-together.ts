import { type Model } from 'mongoose';

/**
 * Carries out updates that may be repeated and don't depend on each other. They go into one transaction, because
 * a server may sync to disk for each single update; where one of them meets another write, each goes for itself.
 */
export async function writeTogether<T>(
  model: Model<T>,
  updates: Parameters<Model<T>['collection']['bulkWrite']>[0],
): Promise<void> {
  if (updates.length > 1 && (await areWrittenTogether(model, updates))) return;
  if (updates.length > 0) await model.collection.bulkWrite(updates, { ordered: false });
}

/** One try: whatever went wrong is left to the single updates. */
async function areWrittenTogether<T>(
  model: Model<T>,
  updates: Parameters<Model<T>['collection']['bulkWrite']>[0],
): Promise<boolean> {
  const session = await model.db.getClient().startSession();
  try {
    session.startTransaction();
    await model.collection.bulkWrite(updates, { session });
    await session.commitTransaction();
    return true;
  } catch {
    return false;
  } finally {
    // Aborts what was not committed.
    await session.endSession();
  }
}
