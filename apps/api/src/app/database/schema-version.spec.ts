import { type Connection, createConnection } from 'mongoose';

import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { TEST_JWT_SECRET } from '../../../test/accounts-context';
import { Environment } from '../config/environment';
import { createApp } from '../create-app';
import { CONNECTION_OPTIONS } from './connection-options';
import { DatabaseEpoch } from './database-epoch';
import { SchemaVersion, SchemaVersionError } from './schema-version';
import { SYSTEM_COLLECTION, type SystemRecord } from './system-records';

let database: TestDatabase;
let connection: Connection;
let schema: SchemaVersion;
let done: number[];

const migrationTo = (version: number) => ({ version, up: async () => void done.push(version) });
const storedVersion = async () =>
  (await connection.collection<SystemRecord<number>>(SYSTEM_COLLECTION).findOne({ _id: 'schema' }))?.value;

beforeEach(async () => {
  database = await createTestDatabase();
  connection = await createConnection(database.uri, CONNECTION_OPTIONS).asPromise();
  schema = new SchemaVersion(connection);
  done = [];
});

afterEach(async () => {
  await connection.close();
  await database.drop();
});

describe('the version of the data', () => {
  it('is the newest for a new database, which needs no migration', async () => {
    await schema.migrate([migrationTo(2)], 2);
    expect([await storedVersion(), done]).toEqual([2, []]);
  });

  it('rises with each migration, in order and once', async () => {
    await schema.migrate([], 1);
    await schema.migrate([migrationTo(2), migrationTo(3)], 3);
    await schema.migrate([migrationTo(2), migrationTo(3)], 3);
    expect([await storedVersion(), done]).toEqual([3, [2, 3]]);
  });

  it('stays where a migration failed, and goes on from there', async () => {
    await schema.migrate([], 1);
    const failing = { version: 3, up: () => Promise.reject(new Error('interrupted')) };
    await expect(schema.migrate([migrationTo(2), failing], 3)).rejects.toThrow('interrupted');
    expect(await storedVersion()).toBe(2);
    await schema.migrate([migrationTo(2), migrationTo(3)], 3);
    expect([await storedVersion(), done]).toEqual([3, [2, 3]]);
  });

  it('that is newer than the program is refused in one line', async () => {
    await schema.migrate([], 2);
    await expect(schema.migrate([], 1)).rejects.toThrow(/^[^\n]*version 2[^\n]*1[^\n]*$/);
    expect(await storedVersion()).toBe(2);
  });
});

describe('the epoch', () => {
  const epochNow = async () => {
    const epoch = new DatabaseEpoch(connection);
    await epoch.load();
    return epoch.epoch;
  };

  it('is made once, also when two start at the same time', async () => {
    const [first, second] = await Promise.all([epochNow(), epochNow()]);
    expect(first).toMatch(/^[\w-]{20,}$/);
    expect([second, await epochNow()]).toEqual([first, first]);
  });
});

describe('a start on data of a newer version', () => {
  it('is refused before anything is changed', async () => {
    await schema.migrate([], 999);
    const environment = Environment.read({ JWT_SECRET: TEST_JWT_SECRET, LOG_LEVEL: 'silent' });
    const app = await createApp(environment, database.uri);
    await expect(app.init()).rejects.toThrow(SchemaVersionError);
    await app.close();
    const collections = await connection.listCollections();
    expect(collections.map(({ name }) => name)).toEqual([SYSTEM_COLLECTION]);
  });
});
