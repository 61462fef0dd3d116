import 'reflect-metadata';

import { restore } from './app/backup/command/restore.command';
import { restoreBackup } from './app/backup/restore-backup';
import { stopSignal, withDatabase } from './app/backup/with-database';
import { readEnvironment } from './app/config/read-environment';
import { DatabaseEpoch } from './app/database/database-epoch';

const signal = stopSignal();

restore({
  arguments: process.argv.slice(2),
  output: process.stdout,
  notes: process.stderr,
  restoreBackup: (folder, replace) =>
    withDatabase(readEnvironment(), { beside: false }, (connection) =>
      restoreBackup(connection, folder, { replace, signal }),
    ),
  renewEpoch: () =>
    withDatabase(readEnvironment(), { beside: false }, (connection) => new DatabaseEpoch(connection).renew()),
}).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`It was not restored. ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
