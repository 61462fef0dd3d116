/** What {@link startDatabaseServer} needs to know. */
export interface DatabaseServerOptions {
  /** A database that already runs (MONGODB_URI): used as it is, nothing is started and `dataDirectory` is not touched. */
  uri?: string;
  /** Where the data live (DATA_DIR); the server's own files go to `database` in it. */
  dataDirectory: string;
  /** Where fetched servers are kept; by default `elite-chat` in the user's cache folder of this system. */
  cacheDirectory?: string;
  /** Told line by line what is fetched and which server was taken. Never carries a password. */
  report: (line: string) => void;
}

export type DatabaseServerKind = 'external' | 'mongod' | 'mongod-download' | 'secantusdb';

/** A database ready for connections. */
export interface DatabaseServer {
  /** For `mongoose.connect`. Names the database too. May carry a password where it came from the options. */
  readonly uri: string;
  readonly kind: DatabaseServerKind;
  /** For a person, e.g. `SecantusDB 0.6.0b17 (embedded) in .data/database`. Carries no password. */
  readonly description: string;
  /** Whether it was started here and ends with {@link stop}. */
  readonly ours: boolean;
  /** Resolves with a reason when the server ends though nobody called {@link stop}; else never. */
  readonly exited: Promise<string>;
  /** Ends a server of ours cleanly, at last by force; does nothing to another. May be called again. */
  stop(): Promise<void>;
}

/** No database could be had. The message is one clear line for the person who started us (several where several ways were tried). */
export class DatabaseServerError extends Error {
  override readonly name = 'DatabaseServerError';
}

/** The database's name in every URI of ours. */
export const DATABASE_NAME = 'elitechat';
