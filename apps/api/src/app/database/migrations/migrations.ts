import { type Connection } from 'mongoose';

/** One step from a schema version to the next. */
export interface Migration {
  /** The version that it leads to. */
  version: number;
  /** Changes the stored data; may be run again after it was interrupted. */
  up(connection: Connection): Promise<void>;
}

/** All steps, in order. The first version needs none. */
export const MIGRATIONS: readonly Migration[] = [];

/** The version of the data that this program reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.at(-1)?.version ?? 1;
