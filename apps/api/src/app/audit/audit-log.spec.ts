import fc from 'fast-check';
import { type Connection, createConnection, type Model, Types } from 'mongoose';

import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { CONNECTION_OPTIONS } from '../database/connection-options';
import { inTransaction } from '../database/in-transaction';
import { IndexesAtStart } from '../database/indexes-at-start';
import { type AuditedAct, AuditLog } from './audit-log.service';
import { AuditEntry, AuditEntrySchema } from './schemas/audit-entry.schema';
import { AuditHead, AuditHeadSchema } from './schemas/audit-head.schema';

/** What the acts of these specs change: a counter that must agree with the log. */
const DEEDS = 'deeds';

interface Node {
  connection: Connection;
  entries: Model<AuditEntry>;
  log: AuditLog;
}

const ada = { id: new Types.ObjectId().toHexString(), name: 'Ada Moss' };

describe('AuditLog', () => {
  let database: TestDatabase;
  let nodes: Node[];

  const startNode = async (): Promise<Node> => {
    const connection = await createConnection(database.uri, CONNECTION_OPTIONS).asPromise();
    const entries: Model<AuditEntry> = connection.model(AuditEntry.name, AuditEntrySchema);
    const heads: Model<AuditHead> = connection.model(AuditHead.name, AuditHeadSchema);
    const log = new AuditLog(entries, heads);
    return { connection, entries, log };
  };

  beforeEach(async () => {
    database = await createTestDatabase();
    nodes = [await startNode(), await startNode()];
    for (const { connection } of nodes) await new IndexesAtStart(connection).create();
    await Promise.all(nodes.map(({ log }) => log.onApplicationBootstrap()));
    await nodes[0]?.connection.createCollection(DEEDS);
  });

  afterEach(async () => {
    await Promise.all(nodes.map(({ connection }) => connection.close()));
    await database.drop();
  });

  /** An act that changes something of its own and is recorded, or fails at the end. */
  const act = ({ connection, log }: Node, name: string, isFailing = false): Promise<number> =>
    inTransaction(connection, async (session) => {
      const recorded: AuditedAct = {
        action: 'admin_created',
        actor: ada,
        subject: { id: new Types.ObjectId().toHexString(), name },
      };
      const { _id } = await log.record(session, recorded);
      await connection.collection(DEEDS).insertOne({ name }, { session });
      if (isFailing) throw new Error('refused');
      return _id;
    });

  const node = (index: number): Node => {
    const found = nodes[index % nodes.length];
    if (!found) throw new Error('There is no node.');
    return found;
  };
  const recordedNumbers = async () =>
    (await node(0).entries.find().sort({ _id: 1 }).lean<AuditEntry[]>()).map(({ _id }) => _id);
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  it('says who did what to whom, under the names of that time, and when', async () => {
    await act(node(0), 'Bo Lind');
    const [entry] = await node(1).log.page(undefined, 10);
    expect(entry).toMatchObject({
      _id: 1,
      action: 'admin_created',
      actor: { id: new Types.ObjectId(ada.id), name: 'Ada Moss' },
      subject: { name: 'Bo Lind' },
    });
    expect(Math.abs(Date.now() - (entry?.at.getTime() ?? 0))).toBeLessThan(60_000);
  });

  it('has no gap, no number twice, and no act without its entry, whatever two nodes do at once', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(1), isFailing: fc.boolean() }), { minLength: 2, maxLength: 12 }),
        async (acts) => {
          const results = await Promise.allSettled(
            acts.map(({ at, isFailing }, index) => act(node(at), `deed ${index}`, isFailing)),
          );
          const given = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
          expect(given).toHaveLength(acts.filter(({ isFailing }) => !isFailing).length);
          const before = done;
          done += given.length;
          expect(given.sort((one, other) => one - other)).toEqual(upTo(done).slice(before));
          expect(await recordedNumbers()).toEqual(upTo(done));
          expect(await node(0).connection.collection(DEEDS).countDocuments()).toBe(done);
        },
      ),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 20), endOnFailure: true },
    );
  });

  it('goes on where it was when a node was killed in the middle of an act', async () => {
    await act(node(0), 'before');
    const dying = await startNode();
    const session = await dying.connection.getClient().startSession();
    session.startTransaction();
    await dying.log.record(session, {
      action: 'admin_created',
      actor: ada,
      subject: { ...ada, name: 'never' },
    });
    await session.abortTransaction();
    await dying.connection.close(true);
    await act(node(1), 'after');
    const names = (await node(0).log.page(undefined, 10)).map(({ _id, subject }) => [_id, subject.name]);
    expect(names).toEqual([
      [2, 'after'],
      [1, 'before'],
    ]);
  });

  it('is read newest first, a page before any number', async () => {
    for (const number of upTo(7)) await act(node(number), `deed ${number}`);
    const numbers = async (before: number | undefined, limit: number) =>
      (await node(0).log.page(before, limit)).map(({ _id }) => _id);
    expect(await numbers(undefined, 3)).toEqual([7, 6, 5]);
    expect(await numbers(5, 3)).toEqual([4, 3, 2]);
    expect(await numbers(2, 3)).toEqual([1]);
    expect(await numbers(1, 3)).toEqual([]);
    expect(await numbers(1_000, 3)).toEqual([7, 6, 5]);
  });
});
