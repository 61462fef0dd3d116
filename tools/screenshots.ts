/** `npm run screenshots`: makes the pictures in `docs/screenshots` from the built product. */
import { join } from 'node:path';

import { buildProduct } from './build-product.ts';
import { run } from './run.ts';
import { scriptOf, WORKSPACE } from './workspace.ts';

await buildProduct(['api', 'client']);
process.exitCode = await run(scriptOf('@playwright/test', 'playwright'), [
  'test',
  `--config=${join(WORKSPACE, 'apps/client-e2e/screenshots.config.ts')}`,
]);
