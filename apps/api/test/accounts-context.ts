import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getModelToken } from '@nestjs/mongoose';
import { type Model } from 'mongoose';

import { AuthModule } from '../src/app/auth/auth.module';
import { Environment } from '../src/app/config/environment';
import { EnvironmentModule } from '../src/app/config/environment.module';
import { DatabaseModule } from '../src/app/database/database.module';
import { User } from '../src/app/users/schemas/user.schema';
import { createTestDatabase } from './test-database';

/** Secret that the tests share with "the host application". */
export const TEST_JWT_SECRET = 'a-secret-for-tests-only-of-enough-bytes';

/** Accounts and sessions on a database of their own, without the rest of the application. */
export interface AccountsContext {
  get: INestApplicationContext['get'];
  users: Model<User>;
  /** Another node on the same database. */
  otherNode: () => Promise<INestApplicationContext>;
  close: () => Promise<void>;
}

/** Accounts and sessions as a module, with its environment. */
@Module({})
export class AccountsTestModule {
  static on(uri: string, environment: Environment): DynamicModule {
    return {
      module: AccountsTestModule,
      imports: [EnvironmentModule.with(environment), DatabaseModule.at(uri), AuthModule],
    };
  }
}

/** @param variables environment variables beside the secret */
export async function createAccountsContext(variables: NodeJS.ProcessEnv = {}): Promise<AccountsContext> {
  const database = await createTestDatabase();
  const environment = Environment.read({
    JWT_SECRET: TEST_JWT_SECRET,
    MONGODB_URI: database.uri,
    ...variables,
  });
  const startNode = () =>
    NestFactory.createApplicationContext(AccountsTestModule.on(database.uri, environment), {
      logger: false,
      abortOnError: false,
    });
  const nodes = [await startNode()];
  const [first] = nodes as [INestApplicationContext];
  const users = first.get<Model<User>>(getModelToken(User.name), { strict: false });
  return {
    get: ((token: never) => first.get(token, { strict: false })) as INestApplicationContext['get'],
    users,
    otherNode: async () => {
      const node = await startNode();
      nodes.push(node);
      return node;
    },
    close: async () => {
      for (const node of nodes) await node.close();
      await database.drop();
    },
  };
}
