import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

import { compressFiles } from './compress.ts';
import { end } from './run.ts';
import { BUILT_CLIENT, NX_ENVIRONMENT, scriptOf, WORKSPACE } from './workspace.ts';

const TITLES = { api: 'API', client: 'client', faults: 'fault tests', bench: 'bench' } as const;

/** What can be built. */
export type Buildable = keyof typeof TITLES;

/** Builds what has changed since the last time; says little, unless it fails. */
export async function buildProduct(projects: readonly Buildable[]): Promise<void> {
  for (const project of projects) {
    const code = await build(project);
    if (code !== 0) process.exit(code);
  }
  if (projects.includes('client')) compressFiles(BUILT_CLIENT);
}

async function build(project: Buildable): Promise<number> {
  console.log(`Building what has changed in the ${TITLES[project]} …`);
  const child = spawn(process.execPath, [scriptOf('nx'), 'build', project, ...optionsOf(project)], {
    cwd: WORKSPACE,
    env: NX_ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const code = await end(child);
  if (code !== 0) console.error(output);
  return code;
}

/** `VITE_API_URL`: the API that the built client talks to; none: the page's own origin. */
export function clientOptions(apiUrl = setting('VITE_API_URL')): string[] {
  // The value is JavaScript; Nx takes one pair of quotes off.
  return apiUrl ? [`--define.API_URL='${JSON.stringify(apiUrl)}'`] : [];
}

/** From the environment, else from `.env`, as the server reads its own. */
function setting(variable: string): string | undefined {
  const file = join(WORKSPACE, '.env');
  const settings = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return process.env[variable] ?? settings[variable];
}

function optionsOf(project: Buildable): string[] {
  return project === 'client' ? clientOptions() : [];
}
