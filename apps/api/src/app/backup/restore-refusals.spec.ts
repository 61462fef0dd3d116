import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Connection, createConnection } from 'mongoose';

import { TEST_JWT_SECRET } from '../../../test/accounts-context';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { startChatNode } from '../chat/testing/chat-node';
import { Environment } from '../config/environment';
import { createApp } from '../create-app';
import { CONNECTION_OPTIONS } from '../database/connection-options';
import { SchemaVersion } from '../database/schema-version';
import { refuseUnfinishedRestore, UnfinishedRestoreError } from '../database/unfinished-restore';
import { BackupError } from './backup-error';
import { documentsFile, MANIFEST_FILE } from './backup-manifest';
import { restoreBackup, type RestoreOptions } from './restore-backup';
import { takeBackup } from './take-backup';
import { inconsistencies } from './testing/inconsistencies';

const NEVER = new AbortController().signal;

describe('a restore', () => {
  let source: TestDatabase;
  let target: TestDatabase;
  let connection: Connection;
  let directory: string;
  let folder: string;

  beforeEach(async () => {
    source = await createTestDatabase();
    target = await createTestDatabase();
    connection = await createConnection(target.uri, CONNECTION_OPTIONS).asPromise();
    directory = await mkdtemp(join(tmpdir(), 'elite-chat-restore-'));
    folder = join(directory, 'backup');
    const node = await startChatNode(source.uri);
    await new SchemaVersion(node.connection).migrate();
    const customer = await node.signIn('user', 'Cora Lane');
    const { id } = await node.chatsService.ownActiveChat(customer);
    for (const message of ['one', 'two']) await node.messagesService.send(customer, id, { message });
    await takeBackup(node.connection, folder, NEVER);
    await node.stop();
  });

  afterEach(async () => {
    await connection.close();
    await source.drop();
    await target.drop();
    await rm(directory, { recursive: true, force: true });
  });

  const restore = (options: Partial<RestoreOptions> = {}, from = folder) =>
    restoreBackup(connection, from, { replace: false, signal: NEVER, ...options });

  const expectRefusal = async (reason: RegExp) => {
    const refusal = await restore().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BackupError);
    expect(String(refusal)).toMatch(reason);
    expect(await connection.listCollections()).toEqual([]);
  };

  const manifestPath = () => join(folder, MANIFEST_FILE);
  const changeManifest = async (change: Record<string, unknown>) => {
    const manifest = JSON.parse(await readFile(manifestPath(), 'utf8'));
    await writeFile(manifestPath(), JSON.stringify({ ...manifest, ...change }));
  };

  it('writes nothing when a file is cut', async () => {
    await truncate(documentsFile(folder, 'messages'), 40);
    await expectRefusal(/messages\.bson\.gz is cut or was changed: it has 40 bytes, and had \d+/);
  });

  it('writes nothing when a file has grown', async () => {
    await appendFile(documentsFile(folder, 'users'), 'x');
    await expectRefusal(/users\.bson\.gz is cut or was changed/);
  });

  it('writes nothing when a byte differs', async () => {
    const path = documentsFile(folder, 'chats');
    const content = await readFile(path);
    content[content.length - 9] = (content[content.length - 9] ?? 0) ^ 1;
    await writeFile(path, content);
    await expectRefusal(/chats\.bson\.gz was changed: its checksum differs/);
  });

  it('writes nothing when a file is missing', async () => {
    await rm(documentsFile(folder, 'chats'));
    await expectRefusal(/chats\.bson\.gz is missing/);
  });

  it('writes nothing from a folder that is no backup', async () => {
    await rm(manifestPath());
    await expectRefusal(/is no backup: there is no manifest\.json in it/);
  });

  it.each([
    ['no JSON', '{'],
    ['something else', '[]'],
    [
      'a file outside of the folder',
      JSON.stringify({
        format: 1,
        takenAt: '',
        schemaVersion: 1,
        collections: [{ name: '../x', documents: 0, bytes: 0, sha256: '', indexes: [] }],
      }),
    ],
  ])('writes nothing when the manifest is %s', async (_what, content) => {
    await writeFile(manifestPath(), content);
    await expectRefusal(/manifest\.json is damaged/);
  });

  it('writes nothing of a newer schema version or format, and names both versions', async () => {
    await changeManifest({ schemaVersion: 999 });
    await expectRefusal(/schema version 999, this program knows \d+: restore it with the newer program/);
    await changeManifest({ format: 2 });
    await expectRefusal(/backup format 2, this program reads 1/);
  });

  it('leaves a database alone that is not empty, and replaces it when told', async () => {
    await connection.collection('users').insertOne({ name: 'Somebody else' });
    await connection.collection('forgotten').insertOne({ name: 'Something else' });
    await expect(restore()).rejects.toThrow(/not empty.*--replace/);
    expect(await connection.collection('users').countDocuments()).toBe(1);

    await restore({ replace: true });
    expect(await connection.collection('users').find().toArray()).toMatchObject([{ name: 'Cora Lane' }]);
    expect((await connection.listCollections()).map(({ name }) => name)).not.toContain('forgotten');
    expect(await inconsistencies(connection)).toEqual([]);
  });

  it('that was cut off keeps servers from starting until it is done again', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(restore({ signal: stop.signal })).rejects.toThrow('aborted');
    const environment = Environment.read({ JWT_SECRET: TEST_JWT_SECRET, LOG_LEVEL: 'silent' });
    const app = await createApp(environment, target.uri);
    await expect(app.init()).rejects.toThrow(UnfinishedRestoreError);
    await app.close();

    await restore({ replace: true });
    await expect(refuseUnfinishedRestore(connection)).resolves.toBeUndefined();
    expect(await inconsistencies(connection)).toEqual([]);
  });

  it('leaves one chat of a customer active when the backup has caught two', async () => {
    const chats = connection.collection('chats');
    await restore();
    const [first] = await chats.find().toArray();
    if (!first) throw new Error('There is no chat.');
    const { _id, ...chat } = first;
    const newer = `9${String(chat['activity']).slice(1)}`;
    await chats.insertOne({ ...chat, activity: newer, lastSeq: 0, isListed: false, lastMessageTime: null });
    const second = join(directory, 'second');
    await takeBackup(connection, second, NEVER);

    await restore({ replace: true }, second);
    expect(await chats.find({ isActive: true }).toArray()).toMatchObject([{ activity: newer }]);
    expect(await chats.findOne({ _id })).toMatchObject({ isActive: false, isOpen: false });
    expect(await connection.collection('active_chats').countDocuments()).toBe(1);
  });
});
