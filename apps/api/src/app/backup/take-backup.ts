import { type Connection, type Model, mongo, type Types } from 'mongoose';

import { LogReader } from '../chat/log/log-reader';
import { Chat, ChatSchema } from '../chat/schemas/chat.schema';
import { Message, MessageSchema } from '../chat/schemas/message.schema';
import { SchemaVersion } from '../database/schema-version';
import { SYSTEM_COLLECTION } from '../database/system-records';
import { refuseUnfinishedRestore } from '../database/unfinished-restore';
import { BackupError } from './backup-error';
import { BackupFolder } from './backup-folder';
import { BACKUP_FORMAT, type BackedUpIndex, type BackupManifest, documentsFile } from './backup-manifest';
import { ChatPictures } from './chat-pictures';
import {
  CHATS_COLLECTION,
  collectionNames,
  DERIVED_COLLECTIONS,
  MESSAGES_COLLECTION,
} from './collection-roles';
import { DocumentFileWriter } from './document-file-writer';

/** Documents that one answer of the server carries. */
const BATCH = 500;

/** Chats whose state is read at the same time. */
const CHATS_AT_ONCE = 16;

/**
 * Writes everything that is stored into a folder, while people go on writing. It holds all that was
 * acknowledged before it began, and of what comes meanwhile only what fits together: the installation's
 * records first (the repair's checkpoint must not be later than what it vouches for), then chat by chat
 * with its log, and at last the rest, so that whoever a chat names is there.
 *
 * @param finalPath of a folder that is not there yet
 * @throws BackupError, and the errors of driver and file system; nothing is left then
 */
export async function takeBackup(
  connection: Connection,
  finalPath: string,
  signal: AbortSignal,
): Promise<BackupManifest> {
  const schemaVersion = await new SchemaVersion(connection).stored();
  if (schemaVersion === null) {
    throw new BackupError('The database holds nothing of EliteChat: there is nothing to back up.');
  }
  await refuseUnfinishedRestore(connection);
  const takenAt = new Date().toISOString();
  const names = await collectionNames(connection);
  const folder = await BackupFolder.create(finalPath);
  const files = new Files(connection, names, folder.path, signal);
  try {
    await files.copy(SYSTEM_COLLECTION);
    await copyChats(connection, files);
    for (const name of names) {
      if (files.has(name)) continue;
      if (DERIVED_COLLECTIONS.includes(name)) files.open(name);
      else await files.copy(name);
    }
    const collections = await files.close();
    const manifest: BackupManifest = { format: BACKUP_FORMAT, takenAt, schemaVersion, collections };
    await folder.finish(manifest);
    return manifest;
  } catch (error) {
    await files.discard();
    await folder.discard();
    throw error;
  }
}

async function copyChats(connection: Connection, files: Files): Promise<void> {
  const chats: Model<Chat> = connection.model(Chat.name, ChatSchema);
  const messages: Model<Message> = connection.model(Message.name, MessageSchema);
  const pictures = new ChatPictures(chats, messages, new LogReader(messages));
  const chatFile = files.open(CHATS_COLLECTION);
  const messageFile = files.open(MESSAGES_COLLECTION);
  const copy = async (ids: readonly Types.ObjectId[]): Promise<void> => {
    for (const picture of await Promise.all(ids.map((id) => pictures.take(id)))) {
      if (!picture) continue;
      await chatFile.write(mongo.BSON.serialize(picture.chat));
      for await (const entry of pictures.entries(picture)) await files.write(messageFile, entry);
    }
  };
  let ids: Types.ObjectId[] = [];
  for await (const { _id } of chats.collection.find({}, { projection: { _id: 1 }, batchSize: BATCH })) {
    ids.push(_id);
    if (ids.length < CHATS_AT_ONCE) continue;
    await copy(ids);
    ids = [];
  }
  await copy(ids);
}

/** The files of a backup in the making. */
class Files {
  private readonly writers = new Map<string, DocumentFileWriter>();

  constructor(
    private readonly connection: Connection,
    /** Those that are there. */
    private readonly names: readonly string[],
    private readonly folder: string,
    private readonly signal: AbortSignal,
  ) {}

  has(collection: string): boolean {
    return this.writers.has(collection);
  }

  open(collection: string): DocumentFileWriter {
    const writer = new DocumentFileWriter(documentsFile(this.folder, collection));
    this.writers.set(collection, writer);
    return writer;
  }

  /** @throws when the backup is to stop */
  async write(writer: DocumentFileWriter, document: Uint8Array): Promise<void> {
    this.signal.throwIfAborted();
    await writer.write(document);
  }

  /** Copies a collection as it comes: each document is whole, and its own truth. */
  async copy(collection: string): Promise<void> {
    const writer = this.open(collection);
    const documents = this.connection
      .collection<Uint8Array>(collection)
      .find({}, { raw: true, batchSize: BATCH });
    for await (const document of documents) await this.write(writer, document);
  }

  async close(): Promise<BackupManifest['collections']> {
    const collections: BackupManifest['collections'] = [];
    for (const [name, writer] of this.writers) {
      collections.push({ name, ...(await writer.close()), indexes: await this.indexesOf(name) });
    }
    return collections;
  }

  async discard(): Promise<void> {
    for (const writer of this.writers.values()) await writer.discard();
  }

  private async indexesOf(collection: string): Promise<BackedUpIndex[]> {
    if (!this.names.includes(collection)) return [];
    const indexes = await this.connection.collection(collection).indexes();
    return indexes
      .filter(({ name }) => name !== '_id_')
      .map(({ v: _version, ns: _place, ...index }) => index);
  }
}
