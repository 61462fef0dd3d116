import 'reflect-metadata';

import { existsSync } from 'node:fs';

import { type DatabaseServer, startDatabaseServer } from '@elite-chat/database-server';

import { createApp } from './app/create-app';
import { Environment, EnvironmentError } from './app/config/environment';
import { DEMO_ACCOUNTS } from './app/auth/demo-accounts.service';
import { explainStartFailure } from './app/start-failure';

/** How long what is in flight may take at a clean stop, in milliseconds. */
const CLOSE_TIMEOUT_MS = 6_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const printError = (line: string): void => void process.stderr.write(`${line}\n`);

/** Starts the database and the server, and stops both at the first signal; a second one does not wait. */
async function main(): Promise<void> {
  const environment = readEnvironment();
  let close = async (): Promise<void> => undefined;
  let database: DatabaseServer | null = null;
  let stopping: Promise<never> | null = null;

  const stop = (exitCode: number): Promise<never> => {
    stopping ??= (async () => {
      await Promise.race([close(), new Promise((resolve) => setTimeout(resolve, CLOSE_TIMEOUT_MS))]);
      await database?.stop();
      process.exit(exitCode);
    })();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      print('Stopping.');
      void stop(0);
    });
  }

  try {
    database = await startDatabaseServer({
      uri: environment.mongodbUri,
      dataDirectory: environment.dataDirectory,
      report: print,
    });
    void database.exited.then((reason) => {
      if (stopping) return;
      printError(`The database has stopped: ${reason}`);
      void stop(1);
    });
    const app = await createApp(environment, database.uri);
    close = () => app.close();
    await app.listen(environment.port, environment.host);
    print(`\nEliteChat is ready: ${await app.getUrl()}  (API documentation: /docs)`);
    if (environment.hasDemoAccounts) {
      for (const { email, password } of DEMO_ACCOUNTS) print(`  Demo account: ${email} / ${password}`);
    }
  } catch (error) {
    if (stopping) return;
    const line = explainStartFailure(error, environment);
    printError(line ?? `EliteChat could not start: ${error instanceof Error ? error.stack : String(error)}`);
    await stop(1);
  }
}

function readEnvironment(): Environment {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    return Environment.read(process.env);
  } catch (error) {
    printError(error instanceof EnvironmentError ? error.message : `.env can't be read: ${String(error)}`);
    process.exit(1);
  }
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    printError(`${event}: ${error instanceof Error ? error.stack : String(error)}`);
    // State is unknown: end as at a crash, from which everything acknowledged comes back.
    process.exit(1);
  });
}

void main();
