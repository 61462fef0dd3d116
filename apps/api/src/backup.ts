import 'reflect-metadata';

import { backup } from './app/backup/command/backup.command';
import { takeBackup } from './app/backup/take-backup';
import { stopSignal, withDatabase } from './app/backup/with-database';
import { readEnvironment } from './app/config/read-environment';

const signal = stopSignal();

backup({
  arguments: process.argv.slice(2),
  output: process.stdout,
  notes: process.stderr,
  takeBackup: (folder) =>
    withDatabase(readEnvironment(), { beside: true }, (connection) => takeBackup(connection, folder, signal)),
}).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`There is no backup. ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
