import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseServerError } from '../database-server';
import { displayPath } from '../display-path';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity';
import { createJson, exists, readJson, writeJson } from './small-file';

/** What stands in the directory while a start of ours uses it. */
interface OwnerRecord {
  /** The process that started the database and will stop it. */
  readonly owner: ProcessIdentity;
  readonly database?: ProcessIdentity;
  /** Set when the database takes connections. */
  readonly uri?: string;
}

/** Another start that takes the directory over is done within milliseconds. */
const CLAIM_TRIES = 100;
const CLAIM_RETRY_MS = 20;

/** The exclusive use of a data directory by this process, for as long as it lives or until it is released. */
export class DirectoryOwnership {
  private constructor(
    private readonly path: string,
    private record: OwnerRecord,
  ) {}

  /** Takes the directory, over from an owner that is dead. Throws `DatabaseServerError` while a living one uses it. */
  static async claim(dataDirectory: string): Promise<DirectoryOwnership> {
    const path = ownerFile(dataDirectory);
    const owner = await identifyProcess(process.pid);
    if (owner === undefined) throw new Error('This process cannot see itself');
    for (let tries = 0; tries < CLAIM_TRIES; tries++) {
      if (await createJson(path, { owner })) return new DirectoryOwnership(path, { owner });
      const record = await takeOver(path, owner);
      if (record !== undefined) return new DirectoryOwnership(path, record);
      const holder = asOwnerRecord(await readJson(path))?.owner;
      if (holder !== undefined && (await isRunning(holder))) {
        throw new DatabaseServerError(
          `${displayPath(dataDirectory)} is already in use by another start (process ${holder.pid}). Stop that one first, or set DATA_DIR to another directory.`,
        );
      }
      await delay(CLAIM_RETRY_MS);
    }
    throw new DatabaseServerError(
      `${displayPath(dataDirectory)} is contended by other starts. Start again when they are done.`,
    );
  }

  /** The database that a former owner, killed, left running. */
  async orphan(): Promise<ProcessIdentity | undefined> {
    const { database } = this.record;
    return database !== undefined && (await isRunning(database)) ? database : undefined;
  }

  /** Notes which process is the database, so that it is found again if this process is killed. */
  async noteDatabase(pid: number): Promise<void> {
    await this.write({ owner: this.record.owner, database: await identifyProcess(pid) });
  }

  /** Notes where the database takes connections. */
  noteReady(uri: string): Promise<void> {
    return this.write({ ...this.record, uri });
  }

  /** Gives the directory free. */
  release(): Promise<void> {
    return rm(this.path, { force: true });
  }

  private async write(record: OwnerRecord): Promise<void> {
    this.record = record;
    await writeJson(this.path, record);
  }
}

/**
 * For command line tools beside a running API: the URI of the server that runs on this data directory now, or null.
 * A server whose owner is dead counts as none: the next start ends it.
 */
export async function findRunningDatabaseServer(dataDirectory: string): Promise<string | null> {
  const record = asOwnerRecord(await readJson(ownerFile(dataDirectory)));
  if (record?.uri === undefined || record.database === undefined) return null;
  const bothRun = (await isRunning(record.owner)) && (await isRunning(record.database));
  return bothRun ? record.uri : null;
}

function ownerFile(dataDirectory: string): string {
  return join(dataDirectory, 'database-owner.json');
}

/**
 * Puts a record of `owner` in the place of a dead owner's and answers it, with the database that one left. Only one
 * start at a time may do so, and looks again before it does: else a slow one would replace the record of a faster one.
 */
async function takeOver(path: string, owner: ProcessIdentity): Promise<OwnerRecord | undefined> {
  const turn = `${path}.takeover`;
  if (!(await createJson(turn, { owner }))) {
    const holder = asOwnerRecord(await readJson(turn))?.owner;
    // One that was killed in these milliseconds must not block the directory for ever.
    if (holder !== undefined && !(await isRunning(holder))) await rm(turn, { force: true });
    return undefined;
  }
  try {
    const content = await readJson(path);
    const former = asOwnerRecord(content);
    const isFree = content === undefined && !(await exists(path));
    if (isFree || (former !== undefined && (await isRunning(former.owner)))) return undefined;
    const record: OwnerRecord = { owner, database: former?.database };
    await writeJson(path, record);
    return record;
  } finally {
    await rm(turn, { force: true });
  }
}

function asOwnerRecord(content: unknown): OwnerRecord | undefined {
  if (typeof content !== 'object' || content === null || !('owner' in content)) return undefined;
  const owner = asIdentity(content.owner);
  if (owner === undefined) return undefined;
  return {
    owner,
    database: 'database' in content ? asIdentity(content.database) : undefined,
    uri: 'uri' in content && typeof content.uri === 'string' ? content.uri : undefined,
  };
}

function asIdentity(content: unknown): ProcessIdentity | undefined {
  if (typeof content !== 'object' || content === null) return undefined;
  if (!('pid' in content) || !('started' in content)) return undefined;
  const { pid, started } = content;
  // 0 and negative numbers would name whole process groups.
  if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0 || typeof started !== 'string')
    return undefined;
  return { pid, started };
}
