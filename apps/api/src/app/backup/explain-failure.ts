import { DatabaseServerError } from '@elite-chat/database-server';
import { mongo, MongooseError } from 'mongoose';

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
  ENOENT: 'The folder is missing and nothing can be made there.',
  ENOTDIR: 'A part of the path is no folder.',
  ENAMETOOLONG: 'The name of the folder is too long.',
};

const OTHERWISE = 'Change its permissions, or name another folder.';

/** Why a backup or a restore was not done, in one line for a person; null for what nobody foresaw. */
export function explainBackupFailure(error: unknown): string | null {
  if (EXPLAINED.some((known) => error instanceof known) && error instanceof Error) return error.message;
  if (error instanceof mongo.MongoServerError) return `The database refused: ${error.message}`;
  // The driver's message may hold the address with its password.
  if (error instanceof mongo.MongoError || error instanceof MongooseError) {
    return `The database does not answer or refused the connection (${error.name}): check MONGODB_URI.`;
  }
  if (error instanceof DOMException && error.name === 'AbortError') return 'Stopped.';
  const code = systemCode(error);
  if (code === 'EACCES' || code === 'EPERM')
    return `${pathOf(error)} may not be used by this user. ${OTHERWISE}`;
  return (code !== undefined && SYSTEM_REASONS[code]) || null;
}

function pathOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('path' in error)) return 'The folder';
  return typeof error.path === 'string' ? error.path : 'The folder';
}
