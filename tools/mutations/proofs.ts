import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { NX_ENVIRONMENT, scriptOf } from '../workspace.ts';
import { type Proof } from './mutation.ts';

/** How a proof ended: `broken` where it could not be run, which proves nothing. */
export type Outcome = 'green' | 'red' | 'broken';

const LONGEST_MS = 5 * 60_000;

/** Runs a proof in a copy of the repository. */
export function runProof(copy: string, proof: Proof): { outcome: Outcome; output: string } {
  return 'row' in proof ? runRow(copy, proof.row) : runSpec(copy, proof);
}

function runSpec(copy: string, { project, spec }: { project: string; spec: string }) {
  const report = join(copy, 'mutation.json');
  rmSync(report, { force: true });
  const output = run(copy, scriptOf('jest'), [
    `--config=${project}/jest.config.ts`,
    `/${spec.replaceAll('.', '\\.')}\\.spec\\.ts$`,
    '--json',
    `--outputFile=${report}`,
  ]);
  const result: { numPassedTests: number; numFailedTests: number } | undefined = read(report);
  if (!result || result.numPassedTests + result.numFailedTests === 0)
    return { outcome: 'broken', output } as const;
  return { outcome: result.numFailedTests > 0 ? 'red' : 'green', output } as const;
}

function runRow(copy: string, row: string) {
  const report = join(copy, 'mutation.json');
  rmSync(report, { force: true });
  const built = run(copy, scriptOf('nx'), ['run-many', '--target=build', '--projects=api,faults']);
  const output = run(copy, join(copy, 'dist/apps/faults/main.js'), [row, '--short', `--report=${report}`]);
  const counts: { failed: number } | undefined = read(report);
  const isBuilt = built.includes('Successfully ran target');
  if (!counts || !isBuilt) return { outcome: 'broken', output: `${built}\n${output}` } as const;
  return { outcome: counts.failed > 0 ? 'red' : 'green', output } as const;
}

function run(copy: string, script: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: copy,
    encoding: 'utf8',
    timeout: LONGEST_MS,
    maxBuffer: 64 * 1_024 * 1_024,
    env: {
      ...NX_ENVIRONMENT,
      CI: 'true',
      PATH: [join(copy, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
      NX_WORKSPACE_ROOT_PATH: copy,
      // What the API's specs need to load Nest's packages; its project.json has it too.
      ...(args[0]?.includes('apps/api') && { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' }),
    },
  });
  return `${stdout}\n${stderr}`;
}

function read<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
