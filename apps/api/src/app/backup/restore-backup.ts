import { type Connection, mongo } from 'mongoose';

import { DatabaseEpoch } from '../database/database-epoch';
import { SchemaVersion } from '../database/schema-version';
import { SYSTEM_COLLECTION, type SystemRecord } from '../database/system-records';
import { noteRestoreBegun, noteRestoreFinished, RESTORE_RECORD } from '../database/unfinished-restore';
import { BackupError } from './backup-error';
import { type BackedUpCollection, type BackupManifest, documentsFile } from './backup-manifest';
import { collectionNames } from './collection-roles';
import { DerivedData } from './derived-data';
import { readDocuments } from './document-file-reader';
import { verifyBackup } from './verify-backup';

/** What is written at once: this many documents, or so many bytes. */
const BATCH_DOCUMENTS = 1_000;
const BATCH_BYTES = 4 * 1024 * 1024;

/** Every type stays what it was. */
const EXACT: mongo.BSON.DeserializeOptions = {
  promoteValues: false,
  promoteBuffers: false,
  bsonRegExp: true,
};

/** What {@link restoreBackup} may do. */
export interface RestoreOptions {
  /** Whether what is in the database may go. */
  replace: boolean;
  signal: AbortSignal;
}

/**
 * Puts a backup into a database that no server uses: all documents and indexes as they were, then what
 * follows from them, then a new epoch, by which clients know to load everything anew. Until it is done
 * no server starts on that database.
 *
 * @throws BackupError before anything is written, when the backup is damaged or the database not empty
 */
export async function restoreBackup(
  connection: Connection,
  folder: string,
  { replace, signal }: RestoreOptions,
): Promise<BackupManifest> {
  const manifest = await verifyBackup(folder);
  const present = await collectionNames(connection);
  if (!replace) await requireEmpty(connection, present);
  await noteRestoreBegun(connection, manifest.takenAt);
  for (const name of present) {
    if (name !== SYSTEM_COLLECTION) await connection.collection(name).drop();
  }
  for (const collection of manifest.collections) await load(connection, folder, collection, signal);
  await new SchemaVersion(connection).migrate();
  await new DerivedData(connection, signal).make();
  await new DatabaseEpoch(connection).renew();
  await noteRestoreFinished(connection);
  return manifest;
}

async function requireEmpty(connection: Connection, names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (!(await connection.collection(name).findOne({}, { projection: { _id: 1 } }))) continue;
    throw new BackupError(
      'The database is not empty. Name an empty one, or add --replace: everything in it is lost then.',
    );
  }
}

async function forgetRecords(connection: Connection): Promise<void> {
  const records = connection.collection<SystemRecord<unknown>>(SYSTEM_COLLECTION);
  await records.deleteMany({ _id: { $ne: RESTORE_RECORD } });
}

async function load(
  connection: Connection,
  folder: string,
  { name, documents, indexes }: BackedUpCollection,
  signal: AbortSignal,
): Promise<void> {
  const collection = connection.collection(name);
  if (name === SYSTEM_COLLECTION) await forgetRecords(connection);
  else await connection.createCollection(name);
  if (indexes.length > 0) await collection.createIndexes(indexes);
  let loaded = 0;
  let bytes = 0;
  let batch: mongo.OptionalId<mongo.Document>[] = [];
  const write = async (): Promise<void> => {
    signal.throwIfAborted();
    if (batch.length === 0) return;
    await collection.insertMany(batch, { ordered: true });
    loaded += batch.length;
    bytes = 0;
    batch = [];
  };
  const path = documentsFile(folder, name);
  for await (const document of readDocuments(path)) {
    if (batch.length === BATCH_DOCUMENTS || bytes + document.length > BATCH_BYTES) await write();
    batch.push(mongo.BSON.deserialize(document, EXACT));
    bytes += document.length;
  }
  await write();
  if (loaded !== documents) {
    throw new BackupError(`${path} holds ${loaded} documents, the manifest says ${documents}.`);
  }
}
