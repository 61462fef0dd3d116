import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Connection, createConnection } from 'mongoose';

import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { AuditLog } from '../audit/audit-log.service';
import { AuditEntry, AuditEntrySchema } from '../audit/schemas/audit-entry.schema';
import { AuditHead, AuditHeadSchema } from '../audit/schemas/audit-head.schema';
import { type AuthenticatedUser } from '../auth/authenticated-user';
import { type ChatNode, startChatNode } from '../chat/testing/chat-node';
import { CONNECTION_OPTIONS } from '../database/connection-options';
import { inTransaction } from '../database/in-transaction';
import { IndexesAtStart } from '../database/indexes-at-start';
import { SchemaVersion } from '../database/schema-version';
import { restoreBackup } from './restore-backup';
import { takeBackup } from './take-backup';
import { inconsistencies } from './testing/inconsistencies';

const NEVER = new AbortController().signal;

describe('a backup and its restore', () => {
  let source: TestDatabase;
  let target: TestDatabase;
  let node: ChatNode;
  let restored: Connection;
  let directory: string;
  let folder: string;

  beforeEach(async () => {
    source = await createTestDatabase();
    target = await createTestDatabase();
    node = await startChatNode(source.uri);
    await new SchemaVersion(node.connection).migrate();
    await node.repair.run();
    restored = await createConnection(target.uri, CONNECTION_OPTIONS).asPromise();
    directory = await mkdtemp(join(tmpdir(), 'elite-chat-backup-'));
    folder = join(directory, 'backup');
  });

  afterEach(async () => {
    await node.stop();
    await restored.close();
    await source.drop();
    await target.drop();
    await rm(directory, { recursive: true, force: true });
  });

  const startChats = async (count: number) => {
    const customers = await Promise.all(
      Array.from({ length: count }, (_, index) => node.signIn('user', `Customer ${index}`)),
    );
    return Promise.all(
      customers.map(async (customer) => ({
        customer,
        id: (await node.chatsService.ownActiveChat(customer)).id,
      })),
    );
  };

  const documentsOf = (connection: Connection, name: string) =>
    connection.collection(name).find().sort({ _id: 1 }).toArray();

  it('bring everything back as it was, with all indexes', async () => {
    const admin = await node.signIn('admin', 'Ada Moss');
    const [chat] = await startChats(1);
    if (!chat) throw new Error('There is no chat.');
    await node.messagesService.send(chat.customer, chat.id, { message: 'Grüße 👋 \u0000 end' });
    await node.messagesService.send(admin, chat.id, { message: 'Hello' });
    await node.readMarks.markRead(admin, chat.id, {});
    await node.counting.flush();
    await node.storedReadState.settled();

    const manifest = await takeBackup(node.connection, folder, NEVER);
    await restoreBackup(restored, folder, { replace: false, signal: NEVER });

    const names = ['users', 'chats', 'messages', 'active_chats', 'counters'];
    expect(manifest.collections.map(({ name }) => name).sort()).toEqual([...names, 'system'].sort());
    // A counter that came back to nothing is as good as none.
    await node.counters.deleteMany({ open: 0, unread: { $exists: false } });
    for (const name of names) {
      expect(await documentsOf(restored, name)).toEqual(await documentsOf(node.connection, name));
      expect(await restored.collection(name).indexes()).toEqual(
        await node.connection.collection(name).indexes(),
      );
    }
  });

  it('keep every type of value as it was stored', async () => {
    const { Binary, Decimal128, Double, Int32, Long, Timestamp } = node.connection.base.mongo;
    const values = {
      binary: new Binary(Buffer.from([0, 1, 255])),
      decimal: Decimal128.fromString('0.10'),
      double: new Double(1),
      int: new Int32(1),
      long: Long.fromString('9007199254740993'),
      date: new Date(0),
      pattern: /a+/i,
      timestamp: new Timestamp({ t: 1, i: 2 }),
      nothing: null,
      list: [new Double(2), 'two'],
    };
    await node.connection.collection('kept').insertOne({ ...values });
    await takeBackup(node.connection, folder, NEVER);
    await restoreBackup(restored, folder, { replace: false, signal: NEVER });
    const raw = (connection: Connection) => connection.collection('kept').findOne({}, { raw: true });
    expect(await raw(restored)).toEqual(await raw(node.connection));
  });

  it('are consistent when people write meanwhile, over two nodes', async () => {
    const other = await startChatNode(source.uri);
    const admins = await Promise.all(['Ada', 'Ben'].map((name) => node.signIn('admin', name)));
    const chats = await startChats(40);
    const isBusy = { now: true };
    const acknowledged: string[] = [];
    const write = async (worker: number) => {
      const nodes = [node, other];
      for (let turn = worker; isBusy.now; turn++) {
        const at = nodes[turn % 2] ?? node;
        const chat = chats[(turn * 7 + worker) % chats.length];
        const admin = admins[turn % 3 === 0 ? 0 : 1];
        if (!chat || !admin) throw new Error('Nobody is there.');
        await act(at, turn, chat, admin);
      }
    };
    const act = async (
      at: ChatNode,
      turn: number,
      { customer, id }: { customer: AuthenticatedUser; id: string },
      admin: AuthenticatedUser,
    ) => {
      if (turn % 5 === 0) await at.chatsService.assign(admin, id, {});
      else if (turn % 19 === 0) await at.chatsService.close(admin, id);
      else if (turn % 23 === 0) await at.chatsService.unassign(admin, id);
      else if (turn % 11 === 0) await at.readMarks.markRead(admin, id, {});
      else if (turn % 13 === 0) await at.readMarks.markRead(customer, id, {});
      else {
        const writer = turn % 2 === 0 ? customer : admin;
        const { message } = await at.messagesService.send(writer, id, { message: `Turn ${turn}` });
        acknowledged.push(message.id);
      }
    };
    const writers = Array.from({ length: 12 }, (_, worker) => write(worker));
    while (acknowledged.length < 200) await new Promise((resolve) => setImmediate(resolve));

    const before = [...acknowledged];
    await takeBackup(node.connection, folder, NEVER);
    const during = acknowledged.length - before.length;
    isBusy.now = false;
    await Promise.all(writers);
    await other.stop();

    await restoreBackup(restored, folder, { replace: false, signal: NEVER });
    expect(during).toBeGreaterThan(20);
    expect(await inconsistencies(restored)).toEqual([]);
    const stored = new Set((await documentsOf(restored, 'messages')).map(({ _id }) => String(_id)));
    expect(before.filter((id) => !stored.has(id))).toEqual([]);

    // A server that starts on it finds nothing to mend but the stored read state.
    const server = await startChatNode(target.uri);
    await server.repair.run();
    await server.stop();
    expect(await inconsistencies(restored)).toEqual([]);
  }, 90_000);

  it('bring the audit log back, which goes on with the next number', async () => {
    const [ada, bo] = [await node.signIn('admin', 'Ada Moss'), await node.signIn('admin', 'Bo Lind')];
    const record = async (connection: Connection): Promise<number> => {
      const log = new AuditLog(
        connection.model(AuditEntry.name, AuditEntrySchema),
        connection.model(AuditHead.name, AuditHeadSchema),
      );
      await new IndexesAtStart(connection).create();
      await log.onApplicationBootstrap();
      const act = { action: 'admin_enabled', actor: ada, subject: bo } as const;
      return (await inTransaction(connection, (session) => log.record(session, act)))._id;
    };
    for (let turn = 0; turn < 3; turn++) await record(node.connection);
    await takeBackup(node.connection, folder, NEVER);
    await record(node.connection);
    await restoreBackup(restored, folder, { replace: false, signal: NEVER });
    expect(await documentsOf(restored, 'audit_entries')).toEqual(
      (await documentsOf(node.connection, 'audit_entries')).slice(0, 3),
    );
    expect(await inconsistencies(restored)).toEqual([]);
    expect(await record(restored)).toBe(4);
  });

  it('give the restored database an epoch of its own', async () => {
    await takeBackup(node.connection, folder, NEVER);
    await restoreBackup(restored, folder, { replace: false, signal: NEVER });
    const server = await startChatNode(target.uri);
    expect(server.epoch).toMatch(/^[\w-]{20,}$/);
    expect(server.epoch).not.toBe(node.epoch);
    await server.stop();
  });

  it('leave nothing of a backup that was stopped', async () => {
    await expect(takeBackup(node.connection, folder, AbortSignal.abort())).rejects.toThrow();
    await expect(access(folder)).rejects.toThrow('ENOENT');
    await expect(access(`${folder}.partial`)).rejects.toThrow('ENOENT');
  });
});
