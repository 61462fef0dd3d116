import { join } from 'node:path';

/** Where the builds are, seen from the bench's own. */
export const BUILT = join(__dirname, '..');

/** The repository. */
export const WORKSPACE = join(BUILT, '../..');
