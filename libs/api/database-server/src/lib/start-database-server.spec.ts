import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { removeTemporaryDirectories, temporaryDirectory } from '../testing/temporary-directory';
import { type DatabaseServer, DatabaseServerError } from './database-server';
import { findRunningDatabaseServer } from './directory/directory-ownership';
import { identifyProcess, isRunning } from './directory/process-identity';
import { defaultCacheDirectory } from './cache-directory';
import { secantusdbSource } from './secantusdb/secantusdb-source';
import { startDatabaseServer, startOwnServer } from './start-database-server';

// The first start on a machine fetches the server.
jest.setTimeout(120_000);

const servers: DatabaseServer[] = [];
const children: ChildProcess[] = [];
let dataDirectory: string;
let lines: string[];

beforeEach(async () => {
  dataDirectory = await temporaryDirectory();
  lines = [];
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    // Not -9: its database must not outlive the test.
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  for (const server of servers.splice(0)) await server.stop();
  await removeTemporaryDirectories();
});

/** The embedded server on the test's directory, whatever else this machine has. */
async function start(): Promise<DatabaseServer> {
  const report = (line: string): void => void lines.push(line);
  const server = await startOwnServer(dataDirectory, report, () => [
    secantusdbSource(defaultCacheDirectory(), report),
  ]);
  servers.push(server);
  return server;
}

/** A process that has the database of the test's directory running, and its URI. */
async function startInAnotherProcess(): Promise<{ child: ChildProcess; uri: string }> {
  const script = join(__dirname, '../testing/hold-database.mjs');
  const child = spawn(
    process.execPath,
    ['--experimental-transform-types', '--no-warnings', script, dataDirectory],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  children.push(child);
  const failed = once(child, 'exit').then(() => Promise.reject(new Error('The other process ended')));
  const [uri] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), failed]);
  failed.catch(() => undefined);
  return { child, uri: String(uri).trim() };
}

async function withCollection<T>(
  uri: string,
  use: (collection: mongo.Collection<{ _id: number }>) => Promise<T>,
): Promise<T> {
  const client = await mongo.MongoClient.connect(uri, { retryWrites: false });
  try {
    return await use(client.db().collection<{ _id: number }>('things'));
  } finally {
    await client.close();
  }
}

async function databasePid(): Promise<number> {
  const record = JSON.parse(await readFile(join(dataDirectory, 'database-owner.json'), 'utf8'));
  return record.database.pid;
}

const durable = { writeConcern: { w: 'majority', j: true } } as const;

describe('the embedded database', () => {
  it('keeps its data over a stop and a start', async () => {
    const first = await start();
    await withCollection(first.uri, (things) => things.insertOne({ _id: 1 }));
    await first.stop();

    const second = await start();

    expect(await withCollection(second.uri, (things) => things.countDocuments())).toBe(1);
    expect(second).toMatchObject({ kind: 'secantusdb', ours: true });
    expect(new URL(second.uri).pathname).toBe('/elitechat');
    expect(lines.at(-1)).toBe(`Database: SecantusDB 0.6.0b17 (embedded) in ${dataDirectory}/database`);
  });

  it('has every insert that it acknowledged after being killed, and says that it ended', async () => {
    const killed = await start();
    const acknowledged: number[] = [];
    await withCollection(killed.uri, async (things) => {
      const pid = await databasePid();
      const writer = async (first: number): Promise<void> => {
        for (let id = first; ; id += 4) {
          await things.insertOne({ _id: id }, durable);
          acknowledged.push(id);
          if (acknowledged.length === 200) process.kill(pid, 'SIGKILL');
        }
      };
      await Promise.allSettled([0, 1, 2, 3].map(writer));
    });
    expect(await killed.exited).toBe('it was ended by SIGKILL');
    await killed.stop();

    const next = await start();

    const stored = await withCollection(next.uri, (things) => things.find().toArray());
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);
    expect(stored.map(({ _id }) => _id)).toEqual(expect.arrayContaining(acknowledged));
  });

  it('runs in a process group of its own, so that Ctrl-C in a terminal reaches the API alone', async () => {
    await start();
    // A negative number names a group; there is none of this number if the database is in ours.
    expect(process.kill(-(await databasePid()), 0)).toBe(true);
  });

  it('ends with a process that exits without stopping it', async () => {
    const { child } = await startInAnotherProcess();
    const database = await identifyProcess(await databasePid());
    if (database === undefined) throw new Error('The database is not seen');
    child.kill('SIGUSR2');
    await once(child, 'exit');
    while (await isRunning(database)) await pause(20);
    expect((await start()).ours).toBe(true);
    expect(lines.join()).not.toContain('left running');
  });

  it('stops as often as it is asked to, and is silent about an end that was wanted', async () => {
    const server = await start();
    const onExit = jest.fn();
    void server.exited.then(onExit);

    await Promise.all([server.stop(), server.stop()]);
    await server.stop();

    expect(onExit).not.toHaveBeenCalled();
    await expect(mongo.MongoClient.connect(server.uri, { serverSelectionTimeoutMS: 200 })).rejects.toThrow();
  });
});

describe('a directory that another start uses', () => {
  it('is refused with the number of that process, which goes on unharmed', async () => {
    const { child, uri } = await startInAnotherProcess();

    await expect(start()).rejects.toThrow(
      new DatabaseServerError(
        `${dataDirectory} is already in use by another start (process ${child.pid}). Stop that one first, or set DATA_DIR to another directory.`,
      ),
    );

    expect(await findRunningDatabaseServer(dataDirectory)).toBe(uri);
    await withCollection(uri, (things) => things.insertOne({ _id: 1 }));
  });

  it('is refused within one process too', async () => {
    await start();
    await expect(start()).rejects.toThrow(`process ${process.pid}`);
  });

  it('is taken over when that process was killed: the database it left is ended, its data stay', async () => {
    const { child, uri } = await startInAnotherProcess();
    await withCollection(uri, (things) => things.insertOne({ _id: 1 }));
    const left = await databasePid();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(process.kill(left, 0)).toBe(true);
    expect(await findRunningDatabaseServer(dataDirectory)).toBeNull();

    const server = await start();

    expect(lines[0]).toBe(`Stopping the database that a killed start left running (process ${left})`);
    expect(await databasePid()).not.toBe(left);
    expect(await withCollection(server.uri, (things) => things.countDocuments())).toBe(1);
  });

  it('is free again after a stop', async () => {
    const server = await start();
    expect(await findRunningDatabaseServer(dataDirectory)).toBe(server.uri);
    await server.stop();
    expect(await findRunningDatabaseServer(dataDirectory)).toBeNull();
  });

  it('is recognised by the database itself when the note about its owner was lost', async () => {
    const { uri } = await startInAnotherProcess();
    const pid = await databasePid();
    await writeFile(join(dataDirectory, 'database-owner.json'), '');

    await expect(start()).rejects.toThrow(
      `${dataDirectory}/database is already in use by another database server.`,
    );
    await withCollection(uri, (things) => things.insertOne({ _id: 1 }));
    process.kill(pid, 'SIGTERM');
  });
});

describe('a database of MONGODB_URI', () => {
  it('is used as it is, without a word about its password and without touching the data directory', async () => {
    const uri = 'mongodb://chat:p@ss/word@db.example:27017/chat?replicaSet=main';
    const server = await startDatabaseServer({
      uri,
      dataDirectory: join(dataDirectory, 'none'),
      report: (line) => lines.push(line),
    });
    expect(server).toMatchObject({ uri, kind: 'external', ours: false });
    expect(lines).toEqual(['Database: the database of MONGODB_URI at db.example:27017']);
    await server.stop();
    await expect(readFile(join(dataDirectory, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('must be a MongoDB address', async () => {
    const options = { uri: 'postgres://chat:secret@db', dataDirectory, report: () => undefined };
    await expect(startDatabaseServer(options)).rejects.toThrow(
      new DatabaseServerError('MONGODB_URI must begin with mongodb:// or mongodb+srv://'),
    );
  });
});
