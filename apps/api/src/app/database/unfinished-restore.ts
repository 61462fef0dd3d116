import { type Connection } from 'mongoose';

import { SYSTEM_COLLECTION, type SystemRecord } from './system-records';

/** Id of the record that stands in the `system` collection while a restore is under way. */
export const RESTORE_RECORD = 'restore';

/** A restore into this database was cut off: it holds a part of a backup. */
export class UnfinishedRestoreError extends Error {
  override readonly name = 'UnfinishedRestoreError';
}

/** Notes that the database is incomplete, until {@link noteRestoreFinished}. */
export async function noteRestoreBegun(connection: Connection, takenAt: string): Promise<void> {
  await records(connection).updateOne(
    { _id: RESTORE_RECORD },
    { $set: { value: takenAt } },
    { upsert: true },
  );
}

/** Notes that the database is whole. */
export async function noteRestoreFinished(connection: Connection): Promise<void> {
  await records(connection).deleteOne({ _id: RESTORE_RECORD });
}

/** @throws UnfinishedRestoreError when a restore began and did not finish */
export async function refuseUnfinishedRestore(connection: Connection): Promise<void> {
  const record = await records(connection).findOne({ _id: RESTORE_RECORD });
  if (!record) return;
  throw new UnfinishedRestoreError(
    `The database is incomplete: the restore of the backup of ${record.value} did not finish. Run it again with --replace.`,
  );
}

function records(connection: Connection) {
  return connection.collection<SystemRecord<string>>(SYSTEM_COLLECTION);
}
