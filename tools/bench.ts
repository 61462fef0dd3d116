/** `npm run bench`: builds what has changed, then measures the built product against what does less. */
import { join } from 'node:path';

import { buildProduct } from './build-product.ts';
import { run } from './run.ts';
import { BUILT_BENCH } from './workspace.ts';

await buildProduct(['api', 'client', 'bench']);
process.exitCode = await run(join(BUILT_BENCH, 'main.js'), process.argv.slice(2));
