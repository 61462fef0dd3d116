import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { makeDirectory } from '@elite-chat/database-server';

import { BackupError, systemCode } from './backup-error';
import { type BackupManifest, MANIFEST_FILE } from './backup-manifest';

/** A folder in the making: under another name until it is whole, so that nobody takes a part for a backup. */
export class BackupFolder {
  private constructor(
    private readonly finalPath: string,
    /** Where its files are written. */
    readonly path: string,
  ) {}

  /** @throws BackupError when something is there already, or the folder can't be made */
  static async create(finalPath: string): Promise<BackupFolder> {
    if (await exists(finalPath)) {
      throw new BackupError(`${finalPath} is there already. Name a folder that is not.`);
    }
    const path = `${finalPath}.partial`;
    makeDirectory(dirname(finalPath));
    try {
      await mkdir(path);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      throw new BackupError(
        `${path} is there: another backup is writing it, or was killed. Name another folder, or remove that one.`,
      );
    }
    return new BackupFolder(finalPath, path);
  }

  /** Adds the manifest and gives the folder its name, when everything is on the disk. */
  async finish(manifest: BackupManifest): Promise<void> {
    await writeFile(join(this.path, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, {
      flush: true,
    });
    await flushDirectory(this.path);
    await rename(this.path, this.finalPath);
    await flushDirectory(dirname(this.finalPath));
  }

  /** Takes away what was written. */
  async discard(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Puts names on the disk; Windows has no way to do so. */
async function flushDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
