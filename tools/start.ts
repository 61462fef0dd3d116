/** `npm start`: builds what is not built, and runs the product on one port. */
import { join } from 'node:path';

import { buildProduct } from './build-product.ts';
import { run } from './run.ts';
import { BUILT_API } from './workspace.ts';

await buildProduct(['api', 'client']);
process.exitCode = await run(join(BUILT_API, 'main.js'), []);
