/** `npm run restore`: puts a backup into the database. */
import { join } from 'node:path';

import { buildProduct } from './build-product.ts';
import { run } from './run.ts';
import { BUILT_API } from './workspace.ts';

await buildProduct(['api']);
process.exitCode = await run(join(BUILT_API, 'restore.js'), process.argv.slice(2));
