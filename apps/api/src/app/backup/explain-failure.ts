import { DatabaseServerError } from '@elite-chat/database-server';
import { mongo } from 'mongoose';

import { EnvironmentError } from '../config/environment';
import { SchemaVersionError } from '../database/schema-version';
import { UnfinishedRestoreError } from '../database/unfinished-restore';
import { BackupError, systemCode } from './backup-error';

/** Errors whose message is written for the person who asked. */
const EXPLAINED = [
  BackupError,
  DatabaseServerError,
  EnvironmentError,
  SchemaVersionError,
  UnfinishedRestoreError,
];

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'There is no room left on the disk. Free some, or name a folder on another disk.',
  EDQUOT: 'The disk quota is used up. Free some room, or name a folder on another disk.',
  EROFS: 'The disk can only be read. Name a folder on another disk.',
  ENOTDIR: 'A part of the path is no folder.',
  ENAMETOOLONG: 'The name of the folder is too long.',
  ABORT_ERR: 'Stopped.',
};

/** Why a backup or a restore was not done, in one line for a person; null for what nobody foresaw. */
export function explainBackupFailure(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (EXPLAINED.some((known) => error instanceof known)) return error.message;
  if (error instanceof mongo.MongoServerError) return `The database refused: ${error.message}`;
  // The driver's message may hold the address with its password.
  if (/^Mongo/.test(error.name)) {
    return `The database does not answer or refused the connection (${error.name}): check MONGODB_URI.`;
  }
  const code = error.name === 'AbortError' ? 'ABORT_ERR' : systemCode(error);
  if (code === 'EACCES' || code === 'EPERM') {
    const path = 'path' in error && typeof error.path === 'string' ? error.path : 'The folder';
    return `${path} may not be used by this user. Change its permissions, or name another folder.`;
  }
  return (code !== undefined && SYSTEM_REASONS[code]) || null;
}
