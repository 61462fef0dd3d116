import type { DatabaseServerKind } from './database-server';
import type { ServerProcess } from './process/server-process';

/** Whose data format it is: one product never opens the other's files. */
export type DatabaseProduct = 'mongod' | 'secantusdb';

/** Where a server is to run. */
export interface LaunchPlace {
  /** An existing directory of its own. */
  readonly storageDirectory: string;
  /** The port that it had before, 0 for any. Only a mongod minds: its replica set's configuration names it. */
  readonly port: number;
}

/** A server that was found or fetched and can be started. */
export interface ServerProgram {
  readonly kind: Exclude<DatabaseServerKind, 'external'>;
  readonly product: DatabaseProduct;
  readonly version: string;
  /** For a person, e.g. `SecantusDB 0.6.0b17 (embedded)`. */
  readonly title: string;
  /** Starts the process without waiting for it. */
  launch(place: LaunchPlace): ServerProcess;
  /** Waits until `server` takes connections and answers its URI. Throws when it ends before or takes too long. */
  ready(server: ServerProcess, place: LaunchPlace): Promise<string>;
}
