import { type Connection } from 'mongoose';

/** One step from a schema version to the next. */
export interface Migration {
  /** The version that it leads to. */
  version: number;
  /** Changes the stored data; may be run again after it was interrupted. */
  up(connection: Connection): Promise<void>;
}
