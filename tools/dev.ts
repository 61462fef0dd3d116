/** `npm run dev`: API on port 5000 and client on port 4200, both rebuilt as their sources change. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

import { buildProduct, clientOptions } from './build-product.ts';
import { end } from './run.ts';
import { BUILT_API, NX_ENVIRONMENT, scriptOf, WORKSPACE } from './workspace.ts';

const CLIENT_URL = 'http://localhost:4200';
const API_URL = 'http://localhost:5000';

const environment = {
  ...NX_ENVIRONMENT,
  FRONTEND_URL: process.env['FRONTEND_URL'] ?? `${CLIENT_URL},http://127.0.0.1:4200`,
};

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, args, { cwd: WORKSPACE, env: environment, stdio: 'inherit' });
}

await buildProduct(['api']);
console.log(
  `\nOpen ${CLIENT_URL} as soon as the client is built; the API and its /docs are at ${API_URL}.\n`,
);
const children = [
  start([scriptOf('nx'), 'build', 'api', '--configuration=development', '--watch']),
  start(['--watch', '--watch-preserve-output', join(BUILT_API, 'main.js')]),
  start([scriptOf('nx'), 'serve', 'client', ...clientOptions(process.env['VITE_API_URL'] ?? API_URL)]),
];

// One that ends takes the others with it: half a product is not worth watching.
const codes = children.map(async (child) => {
  const code = await end(child);
  for (const other of children) other.kill('SIGTERM');
  return code;
});
process.exitCode = Math.max(...(await Promise.all(codes)));
