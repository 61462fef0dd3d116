import type { DatabaseServerKind } from '../database-server';
import { ServerProcess } from '../process/server-process';
import { failingWithServer } from '../process/server-start';
import { runCommand } from '../run-command';
import type { LaunchPlace, ServerProgram } from '../server-program';
import { REPLICA_SET, becomePrimary } from './become-primary';

const VERSION_TIMEOUT_MS = 5_000;
const READY_TIMEOUT_MS = 60_000;

/** The version of a `mongod`. Throws when it doesn't run here or doesn't tell. */
export async function mongodVersion(executable: string): Promise<string> {
  const said = await runCommand(executable, ['--version'], VERSION_TIMEOUT_MS);
  const version = /db version v(\S+)/.exec(said)?.[1];
  if (version === undefined) throw new Error(`${executable} tells no version`);
  return version;
}

/** The program for a `mongod`, run as a replica set of one: transactions need one. */
export function mongodProgram(
  kind: Extract<DatabaseServerKind, 'mongod' | 'mongod-download'>,
  executable: string,
  version: string,
): ServerProgram {
  return {
    kind,
    product: 'mongod',
    version,
    title: `mongod ${version} (${kind === 'mongod' ? executable : 'downloaded'})`,
    launch: (place) => launch(executable, place),
    ready: (server, { port }) =>
      failingWithServer(server, READY_TIMEOUT_MS, becomePrimary(port, READY_TIMEOUT_MS, server.ended)),
  };
}

function launch(executable: string, { storageDirectory, port }: LaunchPlace): ServerProcess {
  return new ServerProcess(
    executable,
    [
      ...['--dbpath', storageDirectory, '--bind_ip', '127.0.0.1', '--port', String(port)],
      ...['--replSet', REPLICA_SET, '--wiredTigerCacheSizeGB', '0.25', '--quiet'],
    ],
    storageDirectory,
  );
}
