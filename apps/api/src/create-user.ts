import 'reflect-metadata';

import {
  type DatabaseServer,
  findRunningDatabaseServer,
  startDatabaseServer,
} from '@elite-chat/database-server';
import { type RegisterDto, type UserRole } from '@elite-chat/contracts';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { Environment } from './app/config/environment';
import { DatabaseModule } from './app/database/database.module';
import { createUser, EXIT_CODE } from './app/users/command/create-user.command';
import { type User } from './app/users/schemas/user.schema';
import { UsersModule } from './app/users/users.module';
import { UsersService } from './app/users/users.service';

/** People and their database: all of the application that the command needs. */
@Module({})
class PeopleOnlyModule {
  static on(uri: string): DynamicModule {
    return {
      module: PeopleOnlyModule,
      imports: [DatabaseModule.at(uri), UsersModule],
    };
  }
}

/** Makes the account in the database that the application uses, which need not be running. */
async function createAccount(account: RegisterDto, role: UserRole): Promise<User> {
  const database = await openDatabase(Environment.read(process.env));
  try {
    const application = await NestFactory.createApplicationContext(PeopleOnlyModule.on(database.uri), {
      // What goes wrong comes back as an error, and is said in one line.
      logger: false,
      abortOnError: false,
    });
    try {
      return await application.get(UsersService, { strict: false }).createAccount(account, role);
    } finally {
      await application.close();
    }
  } finally {
    await database.stop();
  }
}

/** The database of the settings, the running embedded one, or that one started for the moment. */
async function openDatabase({ mongodbUri, dataDirectory }: Environment): Promise<OpenDatabase> {
  const running = mongodbUri === undefined ? await findRunningDatabaseServer(dataDirectory) : undefined;
  if (running) return { uri: running, stop: () => Promise.resolve() };
  return startDatabaseServer({
    ...(mongodbUri !== undefined && { uri: mongodbUri }),
    dataDirectory,
    report: (line) => process.stderr.write(`${line}\n`),
  });
}

/** A database that may be used until it is stopped; stopping ends only what was started for it. */
type OpenDatabase = Pick<DatabaseServer, 'uri' | 'stop'>;

createUser({
  arguments: process.argv.slice(2),
  input: process.stdin,
  output: process.stdout,
  notes: process.stderr,
  createAccount,
}).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Nothing was made. ${reason}\n`);
    process.exitCode = EXIT_CODE.refused;
  },
);
