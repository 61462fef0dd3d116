import { type Migration } from './migration';
import { OPEN_CHATS_BY_ASSIGNEE } from './open-chats-by-assignee';

/** All steps, in order. The first version needs none. */
export const MIGRATIONS: readonly Migration[] = [OPEN_CHATS_BY_ASSIGNEE];

/** The version of the data that this program reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.at(-1)?.version ?? 1;
