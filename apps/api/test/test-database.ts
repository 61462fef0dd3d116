import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type DatabaseServer, startDatabaseServer } from '@elite-chat/database-server';
import { createConnection } from 'mongoose';

/** A database of its own on a real server. */
export interface TestDatabase {
  uri: string;
  drop(): Promise<void>;
}

interface RunningServer {
  server: DatabaseServer;
  directory: string;
}

/** One server for each spec file; it stops with the last of its databases. */
let running: Promise<RunningServer> | null = null;
let databases = 0;

/** Makes an empty database; call `drop` when done. */
export async function createTestDatabase(): Promise<TestDatabase> {
  databases++;
  running ??= startServer();
  const { server } = await running;
  const uri = new URL(server.uri);
  uri.pathname = `/spec_${randomUUID().replaceAll('-', '')}`;
  return {
    uri: uri.href,
    async drop() {
      const connection = await createConnection(uri.href).asPromise();
      await connection.dropDatabase();
      await connection.close();
      if (--databases === 0) await stopServer();
    },
  };
}

async function startServer(): Promise<RunningServer> {
  const directory = await mkdtemp(join(tmpdir(), 'elite-chat-spec-'));
  const server = await startDatabaseServer({ dataDirectory: directory, report: () => undefined });
  return { server, directory };
}

async function stopServer(): Promise<void> {
  const stopping = running;
  running = null;
  const stopped = await stopping;
  await stopped?.server.stop();
  if (stopped) await rm(stopped.directory, { recursive: true, force: true });
}
