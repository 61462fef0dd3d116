import 'reflect-metadata';

import { type RegisterDto, type UserRole } from '@elite-chat/contracts';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { readEnvironment } from './app/config/read-environment';
import { DatabaseModule } from './app/database/database.module';
import { openDatabase } from './app/database/open-database';
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
  const database = await openDatabase(readEnvironment());
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
