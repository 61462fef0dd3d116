import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type mongo } from 'mongoose';

import { BackupError, systemCode } from './backup-error';

/** The form of the folder; another one is another number. */
export const BACKUP_FORMAT = 1;

export const MANIFEST_FILE = 'manifest.json';

/** What a backup's folder holds. */
export interface BackupManifest {
  /** {@link BACKUP_FORMAT}. */
  format: typeof BACKUP_FORMAT;
  /** When it was begun: everything that was acknowledged before is in it. ISO 8601. */
  takenAt: string;
  /** The version of the data; see {@link SchemaVersion}. */
  schemaVersion: number;
  collections: BackedUpCollection[];
}

/** One collection: `<name>.bson.gz`, its documents one after another as BSON, as mongodump writes them. */
export interface BackedUpCollection {
  name: string;
  documents: number;
  /** Size of the file. */
  bytes: number;
  /** Of the file, in hexadecimal. */
  sha256: string;
  /** All but that of `_id`, which is always there. */
  indexes: BackedUpIndex[];
}

/** An index as the server describes it. */
export type BackedUpIndex = mongo.IndexDescription;

/** The file of a collection's documents. */
export function documentsFile(folder: string, collection: string): string {
  return join(folder, `${collection}.bson.gz`);
}

/** @throws BackupError when the folder holds no backup, or one that this program can't read */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const content = await readContent(folder);
  const damaged = new BackupError(
    `${join(folder, MANIFEST_FILE)} is damaged. Take another backup, or another copy of this one.`,
  );
  if (!isRecord(content) || typeof content['format'] !== 'number') throw damaged;
  const { format, takenAt, schemaVersion, collections } = content;
  if (format !== BACKUP_FORMAT) {
    throw new BackupError(
      `${folder} has the backup format ${format}, this program reads ${BACKUP_FORMAT}. Use the version of EliteChat that made it.`,
    );
  }
  if (typeof takenAt !== 'string' || !isCount(schemaVersion) || !Array.isArray(collections)) throw damaged;
  const checked = collections.map((collection: unknown) => asCollection(collection));
  const known = checked.filter((collection) => collection !== undefined);
  if (known.length < checked.length) throw damaged;
  return { format, takenAt, schemaVersion, collections: known };
}

async function readContent(folder: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST_FILE), 'utf8');
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) throw error;
    throw new BackupError(`${folder} is no backup: there is no ${MANIFEST_FILE} in it.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asCollection(content: unknown): BackedUpCollection | undefined {
  if (!isRecord(content)) return undefined;
  const { name, documents, bytes, sha256, indexes } = content;
  // A name becomes a file's: none may lead out of the folder.
  if (typeof name !== 'string' || !/^\w[\w.-]*$/.test(name)) return undefined;
  if (!isCount(documents) || !isCount(bytes) || typeof sha256 !== 'string') return undefined;
  if (!Array.isArray(indexes) || !indexes.every(isIndex)) return undefined;
  return { name, documents, bytes, sha256, indexes };
}

function isIndex(content: unknown): content is BackedUpIndex {
  return isRecord(content) && isRecord(content['key']);
}

function isRecord(content: unknown): content is Record<string, unknown> {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}

function isCount(content: unknown): content is number {
  return typeof content === 'number' && Number.isSafeInteger(content) && content >= 0;
}
