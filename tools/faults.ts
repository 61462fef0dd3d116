/** `npm run test:faults`: builds what has changed, then breaks things around the built product. */
import { join } from 'node:path';

import { buildProduct } from './build-product.ts';
import { run } from './run.ts';
import { BUILT_FAULTS } from './workspace.ts';

await buildProduct(['api', 'client', 'faults']);
process.exitCode = await run(join(BUILT_FAULTS, 'main.js'), process.argv.slice(2));
