import 'reflect-metadata';

import { setTimeout as pause } from 'node:timers/promises';

import { type DatabaseServer, startDatabaseServer } from '@elite-chat/database-server';
import { DOCS_PATH } from '@elite-chat/contracts';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';

import { AppDoors } from './app/app-doors.service';
import { DEMO_ACCOUNTS } from './app/auth/demo-accounts.service';
import { type Environment } from './app/config/environment';
import { readEnvironment } from './app/config/read-environment';
import { createApp } from './app/create-app';
import { explainStartFailure } from './app/start-failure';

/** How long what is in flight may take at a stop, in milliseconds; the database has its own time after that. */
const CLOSE_TIMEOUT_MS = 4_500;

/** One Ctrl-C may come several times: from the terminal, and passed on by whatever started us. */
const SAME_SIGNAL_MS = 1_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const printError = (line: string): void => void process.stderr.write(`${line}\n`);

/** What runs, in the order in which it was started. */
interface Running {
  database?: Promise<DatabaseServer>;
  app?: NestFastifyApplication;
}

const running: Running = {};
let isStopping = false;
let signalledAt = 0;

/** Starts the database, then the server. */
async function start(environment: Environment): Promise<void> {
  running.database = startDatabaseServer({
    uri: environment.mongodbUri,
    dataDirectory: environment.dataDirectory,
    report: print,
  });
  const database = await running.database;
  void database.exited.then((reason) => {
    if (!isStopping) void stop(1, `The database has stopped: ${reason}`);
  });
  running.app = await createApp(environment, database.uri);
  await running.app.init();
  // Not by Nest's own method, which writes an error of its own to the log before it comes back as one.
  const { port, host } = environment;
  const address = await running.app.getHttpAdapter().getInstance().listen({ port, host });
  if (isStopping) return;
  const url = addressForPeople(address);
  print(`\nEliteChat is ready: ${url} (API documentation: ${url}/${DOCS_PATH})`);
  if (environment.hasDemoAccounts) {
    for (const { email, password } of DEMO_ACCOUNTS) print(`  Demo account: ${email} / ${password}`);
  }
}

/** Closes the doors, finishes what is in flight, then stops the database, and exits. */
async function stop(exitCode: number, reason?: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  if (reason !== undefined) printError(reason);
  const { app, database } = running;
  try {
    app?.get(AppDoors).close();
    await withinTime(app?.close());
    await withinTime(database?.then((server) => server.stop()));
  } finally {
    process.exit(exitCode);
  }
}

async function withinTime(work: Promise<unknown> | undefined): Promise<void> {
  if (!work) return;
  await Promise.race([work.catch(() => undefined), pause(CLOSE_TIMEOUT_MS)]);
}

/** An address of all interfaces is none that a browser can open. */
function addressForPeople(address: string): string {
  const url = new URL(address);
  if (['0.0.0.0', '[::]', '[::1]'].includes(url.hostname)) url.hostname = 'localhost';
  return url.origin;
}

function environmentOrExit(): Environment {
  try {
    return readEnvironment();
  } catch (error) {
    printError(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) {
      if (Date.now() - signalledAt > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    signalledAt = Date.now();
    print('Stopping.');
    void stop(0);
  });
}
for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(fault, (error: unknown) => {
    void stop(1, `${fault}: ${error instanceof Error ? error.stack : String(error)}`);
  });
}

const environment = environmentOrExit();
start(environment).catch((error: unknown) => {
  const reason = explainStartFailure(error, environment);
  const detail = error instanceof Error ? error.stack : String(error);
  void stop(1, reason ?? `EliteChat could not start: ${detail}`);
});
