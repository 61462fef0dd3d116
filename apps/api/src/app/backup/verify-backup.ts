import { SCHEMA_VERSION } from '../database/migrations/migrations';
import { BackupError, systemCode } from './backup-error';
import { type BackupManifest, documentsFile, readManifest } from './backup-manifest';
import { digestFile } from './document-file-reader';

/**
 * Reads a backup's manifest and compares every file with it.
 * @throws BackupError when this program can't restore it, or it is not as it was made
 */
export async function verifyBackup(folder: string, newestSchema = SCHEMA_VERSION): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  if (manifest.schemaVersion > newestSchema) {
    throw new BackupError(
      `${folder} has schema version ${manifest.schemaVersion}, this program knows ${newestSchema}: restore it with the newer program.`,
    );
  }
  for (const { name, bytes, sha256 } of manifest.collections) {
    const path = documentsFile(folder, name);
    const found = await digest(path);
    if (found.bytes !== bytes) {
      throw new BackupError(
        `${path} is cut or was changed: it has ${found.bytes} bytes, and had ${bytes}. Use another copy.`,
      );
    }
    if (found.sha256 !== sha256) {
      throw new BackupError(`${path} was changed: its checksum differs. Use another copy.`);
    }
  }
  return manifest;
}

async function digest(path: string): Promise<{ bytes: number; sha256: string }> {
  try {
    return await digestFile(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new BackupError(`${path} is missing. Use another copy of the backup.`);
  }
}
