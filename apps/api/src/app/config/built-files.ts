import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the server finds what is not code: beside itself once built, in the workspace while its sources run. */
const BUILT = __dirname;
const WORKSPACE = join(__dirname, '../../../../..');

/** The built client. */
export const CLIENT_DIRECTORY = firstExisting(join(BUILT, '../client'), join(WORKSPACE, 'dist/apps/client'));

/** The description of the socket events. */
export const PROTOCOL_FILE = firstExisting(
  join(BUILT, 'docs/protocol.md'),
  join(WORKSPACE, 'docs/protocol.md'),
);

function firstExisting(path: string, other: string): string {
  return existsSync(path) ? path : other;
}
