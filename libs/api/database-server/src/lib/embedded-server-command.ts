import { defaultCacheDirectory } from './cache-directory';
import { makeDirectory } from './directory/make-directory';
import { secantusdbArguments, SYNC_ON_COMMIT } from './secantusdb/secantusdb-program';
import { secantusdbSource } from './secantusdb/secantusdb-source';

/** A program with its arguments. */
export interface EmbeddedServerCommand {
  executable: string;
  /** As the product starts it. */
  args: string[];
  /** The one of `args` by which an acknowledged write survives a crash. */
  durabilityOption: string;
}

/**
 * How the embedded server is started on a directory and port: for tests that pause, starve and kill it
 * apart from the API. Everybody else calls `startDatabaseServer`. Fetches the server where it is missing.
 */
export async function embeddedServerCommand(
  storageDirectory: string,
  port: number,
): Promise<EmbeddedServerCommand> {
  makeDirectory(storageDirectory);
  const source = secantusdbSource(defaultCacheDirectory(), () => undefined);
  const { executable } = (await source.find()) ?? (await source.fetch());
  const args = secantusdbArguments(storageDirectory, port);
  return { executable, args, durabilityOption: SYNC_ON_COMMIT };
}
