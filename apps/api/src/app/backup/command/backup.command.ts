import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { type BackupManifest } from '../backup-manifest';
import { explainBackupFailure } from '../explain-failure';
import { describeManifest } from './describe-manifest';
import { EXIT_CODE } from './exit-code';

export const USAGE = `Writes everything that is stored into a new folder; EliteChat may run meanwhile.

  npm run backup -- <folder>`;

/** What the command needs of the world outside. */
export interface BackupSurroundings {
  /** Arguments after the command's name. */
  arguments: string[];
  /** Takes what was done. */
  output: NodeJS.WritableStream;
  /** Takes what was wrong. */
  notes: NodeJS.WritableStream;
  /** Writes the database into a folder, which must not be there. */
  takeBackup: (folder: string) => Promise<BackupManifest>;
}

/** Takes a backup from the command line; answers the exit code. */
export async function backup(surroundings: BackupSurroundings): Promise<number> {
  const { output, notes } = surroundings;
  const folder = readFolder(surroundings.arguments);
  if (folder === null) {
    notes.write(`Name one folder, which is not there yet.\n\n${USAGE}\n`);
    return EXIT_CODE.wrongUsage;
  }
  try {
    const manifest = await surroundings.takeBackup(folder);
    output.write(`Backed up to ${folder}: ${describeManifest(manifest)}.\n`);
    return EXIT_CODE.done;
  } catch (error) {
    const reason = explainBackupFailure(error);
    if (reason === null) throw error;
    notes.write(`There is no backup. ${reason}\n`);
    return EXIT_CODE.failed;
  }
}

function readFolder(args: string[]): string | null {
  try {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [folder] = positionals;
    return folder && positionals.length === 1 ? resolve(folder) : null;
  } catch {
    return null;
  }
}
