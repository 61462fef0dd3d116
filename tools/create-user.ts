/** `npm run user:create`: makes an admin; the password is asked for, or read from standard input. */
import { join } from 'node:path';

import { buildProduct } from './build-product.ts';
import { run } from './run.ts';
import { BUILT_API } from './workspace.ts';

await buildProduct(['api']);
process.exitCode = await run(join(BUILT_API, 'create-user.js'), process.argv.slice(2));
