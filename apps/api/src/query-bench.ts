import 'reflect-metadata';

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startDatabaseServer } from '@elite-chat/database-server';
import { getConnectionToken } from '@nestjs/mongoose';
import { type Connection } from 'mongoose';

import { ChatsService } from './app/chat/chats.service';
import { Environment } from './app/config/environment';
import { createApp } from './app/create-app';
import { fillDatabase } from './query-bench/fill-database';
import { hotQueries } from './query-bench/hot-queries';

const SMALL = 400;
const LARGE = 40_000;
const GROWTH_MAX = 3;

/** Rounds of each query; the first ones only warm up. */
const ROUNDS = 60;
const WARM_UP = 15;

/** Share of the inbox that lies before the deep page. */
const DEEP_PAGES = 6;

/** Median time of every hot query with this many documents in each collection, in milliseconds. */
async function measure(serverUri: string, size: number): Promise<Map<string, number>> {
  const uri = new URL(serverUri);
  uri.pathname = `/query_bench_${size}`;
  const environment = Environment.read({
    JWT_SECRET: 'x'.repeat(64),
    MONGODB_URI: uri.href,
    LOG_LEVEL: 'error',
  });
  const app = await createApp(environment, uri.href);
  await app.init();
  try {
    const data = await fillDatabase(app.get<Connection>(getConnectionToken(), { strict: false }), {
      chats: size,
      messages: Math.floor(size / 2),
    });
    const cursor = await deepCursor(app.get(ChatsService, { strict: false }), data.admin._id.toHexString());
    const medians = new Map<string, number>();
    for (const [name, query] of Object.entries(hotQueries(app, data, cursor))) {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const start = performance.now();
        await query(round);
        times.push(performance.now() - start);
      }
      medians.set(name, median(times.slice(WARM_UP)));
    }
    return medians;
  } finally {
    await app.close();
  }
}

async function deepCursor(chats: ChatsService, adminId: string): Promise<string | null> {
  const admin = {
    id: adminId,
    name: '',
    email: '',
    role: 'admin',
    tokenFingerprint: '',
    expiresAt: new Date(),
  } as const;
  let cursor: string | null = null;
  for (let page = 0; page < DEEP_PAGES; page++) {
    ({ nextCursor: cursor } = await chats.inbox(admin, { cursor: cursor ?? undefined }));
  }
  return cursor;
}

function median(times: number[]): number {
  return times.sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

async function main(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'elite-chat-query-bench-'));
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const server = await startDatabaseServer({ dataDirectory: directory, report: print });
  try {
    const small = await measure(server.uri, SMALL);
    const large = await measure(server.uri, LARGE);
    print(`\n| query | ${SMALL} documents, ms | ${LARGE} documents, ms | growth |\n|---|---|---|---|`);
    let isBounded = true;
    for (const [name, before] of small) {
      const after = large.get(name) ?? 0;
      const growth = after / before;
      isBounded &&= growth <= GROWTH_MAX;
      print(`| ${name} | ${before.toFixed(2)} | ${after.toFixed(2)} | ${growth.toFixed(2)} |`);
    }
    print(isBounded ? '\nNone grows more than threefold.' : '\nAt least one grows more than threefold.');
    process.exitCode = isBounded ? 0 : 1;
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

void main();
