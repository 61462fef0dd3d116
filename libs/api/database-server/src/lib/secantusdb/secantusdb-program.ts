import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DATABASE_NAME } from '../database-server';
import { ServerProcess } from '../process/server-process';
import { ServerStartError, waitForLine } from '../process/server-start';
import type { LaunchPlace, ServerProgram } from '../server-program';
import { SECANTUSDB_VERSION } from './secantusdb-wheel';

/** Recovering a log after a crash takes longer than a usual start of 0.2 s. */
const READY_TIMEOUT_MS = 60_000;
/** The option by which an acknowledged write survives a crash. */
export const SYNC_ON_COMMIT = '--sync-on-commit';

const LISTENING = /listening on 127\.0\.0\.1:(\d+)/;

/** The program for a fetched `secantusd-rs`. */
export interface SecantusdbProgram extends ServerProgram {
  readonly executable: string;
}

/** Makes the program for what was fetched to `executable`. */
export function secantusdbProgram(executable: string): SecantusdbProgram {
  return {
    executable,
    kind: 'secantusdb',
    product: 'secantusdb',
    version: SECANTUSDB_VERSION,
    title: `SecantusDB ${SECANTUSDB_VERSION} (embedded)`,
    launch: (place) => launch(executable, place),
    ready: async (server) => {
      const port = Number((await waitForLine(server, LISTENING, READY_TIMEOUT_MS))[1]);
      if (!(port > 0)) throw new ServerStartError('named no port', server.output);
      return `mongodb://127.0.0.1:${port}/${DATABASE_NAME}?directConnection=true`;
    },
  };
}

function launch(executable: string, { storageDirectory }: LaunchPlace): ServerProcess {
  return new ServerProcess(executable, secantusdbArguments(storageDirectory, 0), storageDirectory);
}

/** What `secantusd-rs` is started with. @param port 0 for any */
export function secantusdbArguments(storageDirectory: string, port: number): string[] {
  // Named explicitly, so that no configuration of the same name in the user's home has a say.
  const configuration = join(dirname(storageDirectory), 'database.toml');
  writeFileSync(configuration, '');
  return [
    ...['--config', configuration],
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...['--storage-path', storageDirectory],
    ...['--cache-size', '256M', '--log-file-max', '128MB'],
    ...['--log-level', 'WARNING'],
    // Without it a crash loses writes that were acknowledged as durable.
    SYNC_ON_COMMIT,
  ];
}
