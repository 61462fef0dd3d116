import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { type BackupManifest } from '../backup-manifest';
import { explainBackupFailure } from '../explain-failure';
import { describeManifest } from './describe-manifest';
import { EXIT_CODE } from './exit-code';

export const USAGE = `Puts a backup into the database. Stop every EliteChat server on it first.

  npm run restore -- <folder>              into an empty database
  npm run restore -- <folder> --replace    in place of everything that is in the database
  npm run restore -- --new-epoch           nothing is restored: makes clients load everything anew, after a
                                           restore by other means (mongorestore, a snapshot)`;

/** What the command needs of the world outside. */
export interface RestoreSurroundings {
  /** Arguments after the command's name. */
  arguments: string[];
  /** Takes what was done. */
  output: NodeJS.WritableStream;
  /** Takes what was wrong. */
  notes: NodeJS.WritableStream;
  /** Puts a backup into the database; `replace`: in place of what is there. */
  restoreBackup: (folder: string, replace: boolean) => Promise<BackupManifest>;
  /** Makes clients load everything anew. */
  renewEpoch: () => Promise<void>;
}

type Order = { folder: string; replace: boolean } | 'new-epoch';

/** Restores from the command line; answers the exit code. */
export async function restore(surroundings: RestoreSurroundings): Promise<number> {
  const { output, notes } = surroundings;
  const order = readOrder(surroundings.arguments);
  if (order === null) {
    notes.write(`Name one folder with a backup.\n\n${USAGE}\n`);
    return EXIT_CODE.wrongUsage;
  }
  try {
    if (order === 'new-epoch') {
      await surroundings.renewEpoch();
      output.write('The database has a new epoch: clients load everything anew. Start EliteChat again.\n');
    } else {
      const manifest = await surroundings.restoreBackup(order.folder, order.replace);
      output.write(`Restored ${order.folder}: ${describeManifest(manifest)}. Start EliteChat again.\n`);
    }
    return EXIT_CODE.done;
  } catch (error) {
    const reason = explainBackupFailure(error);
    if (reason === null) throw error;
    notes.write(`It was not restored. ${reason}\n`);
    return EXIT_CODE.failed;
  }
}

function readOrder(args: string[]): Order | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        replace: { type: 'boolean', default: false },
        'new-epoch': { type: 'boolean', default: false },
      },
    });
    const { replace, 'new-epoch': newEpoch } = values;
    const [folder] = positionals;
    if (newEpoch) return positionals.length === 0 && !replace ? 'new-epoch' : null;
    return folder && positionals.length === 1 ? { folder: resolve(folder), replace } : null;
  } catch {
    return null;
  }
}
