import { type NestFastifyApplication } from '@nestjs/platform-fastify';

import { Environment } from '../src/app/config/environment';
import { createApp } from '../src/app/create-app';
import { TEST_JWT_SECRET } from './accounts-context';
import { createTestDatabase, type TestDatabase } from './test-database';

/** The whole application on a port and a database of its own. */
export interface TestApp {
  app: NestFastifyApplication;
  /** Its address, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** What a test may want otherwise. */
export interface TestAppOptions {
  /** Environment variables beside the secret and the database. */
  variables?: NodeJS.ProcessEnv;
  /** A database that several nodes share, and that whoever made it drops; default: one of its own. */
  database?: TestDatabase;
  /** Where the built client is. */
  clientDirectory?: string;
}

/** Starts the application as the server does; call `close` when done. */
export async function createTestApp({
  variables,
  database: shared,
  clientDirectory,
}: TestAppOptions = {}): Promise<TestApp> {
  const database = shared ?? (await createTestDatabase());
  const environment = Environment.read({
    JWT_SECRET: TEST_JWT_SECRET,
    MONGODB_URI: database.uri,
    LOG_LEVEL: 'silent',
    ...variables,
  });
  const app = await createApp(environment, database.uri, { clientDirectory });
  await app.listen(0, '127.0.0.1');
  return {
    app,
    url: await app.getUrl(),
    async close() {
      await app.close();
      if (!shared) await database.drop();
    },
  };
}
