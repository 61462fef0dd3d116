import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { startDatabaseServer } from './start-database-server';

it('keeps the data over a restart', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'elite-chat-database-'));
  const lines: string[] = [];
  const report = (line: string): void => void lines.push(line);
  for (const run of [1, 2]) {
    const server = await startDatabaseServer({ dataDirectory, report });
    const client = await mongo.MongoClient.connect(server.uri);
    await client.db().collection('things').insertOne({ run });
    expect(await client.db().collection('things').countDocuments()).toBe(run);
    await client.close();
    await server.stop();
  }
  await rm(dataDirectory, { recursive: true });
}, 60_000);
