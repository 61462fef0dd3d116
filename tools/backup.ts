/** `npm run backup`: writes everything that is stored into a new folder, also while EliteChat runs. */
import { join } from 'node:path';

import { buildProduct } from './build-product.ts';
import { run } from './run.ts';
import { BUILT_API } from './workspace.ts';

await buildProduct(['api']);
process.exitCode = await run(join(BUILT_API, 'backup.js'), process.argv.slice(2));
