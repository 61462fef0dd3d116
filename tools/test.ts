/**
 * `npm test`: every check of the repository, one after another. Ends with one line that adds up the
 * tests of all runners, and exits by it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { scriptOf, WORKSPACE } from './workspace.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Stage {
  name: string;
  run: () => Promise<Counts>;
  /** The stages without which this one has nothing to test. */
  needs?: string[];
}

/** The part of Jest's `--json` that is counted. */
interface JestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

/** The part of Playwright's JSON report that is counted. */
interface PlaywrightReport {
  errors: unknown[];
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

const LONGEST_STAGE_MS = 10 * 60_000;
/** How long a stage may take to end when it is asked to. */
const GRACE_MS = 3_000;
const PARALLEL = '--parallel=2';
/** Beside each project's own files, where Jest leaves its report; ignored by git. */
const PROJECT_REPORT = 'test-results/jest.json';

const PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

const reports = mkdtempSync(join(tmpdir(), 'elite-chat-test-'));
let running: ChildProcess | undefined;
let isStopping = false;

/** Ends a stage's whole process group: a runner that is gone may have left its own children behind. */
function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

const NX = scriptOf('nx');
const JEST = scriptOf('jest');
const PRETTIER = scriptOf('prettier');
const PLAYWRIGHT = scriptOf('@playwright/test', 'playwright');

/** Runs a tool of ours, its output going where ours goes; gives its exit code. */
function execute(command: string[], environment: Record<string, string> = {}): Promise<number | null> {
  const child = spawn(process.execPath, command, {
    cwd: WORKSPACE,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
    env: {
      ...process.env,
      PATH: [join(WORKSPACE, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
      CI: 'true',
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      ...environment,
    },
  });
  running = child;
  const giveUp = setTimeout(() => {
    console.error(`\nStopped: it took longer than ${LONGEST_STAGE_MS / 60_000} minutes.`);
    endGroup(child, 'SIGKILL');
  }, LONGEST_STAGE_MS);
  return new Promise((done) => {
    const end = (code: number | null) => {
      clearTimeout(giveUp);
      // The signal's handler sees to the end; nothing else is begun.
      if (isStopping) return;
      endGroup(child, 'SIGKILL');
      running = undefined;
      done(code);
    };
    child.once('error', (error) => {
      console.error(error.message);
      end(null);
    });
    child.once('exit', end);
  });
}

/** A check that is passed or not. */
async function check(...command: string[]): Promise<Counts> {
  return (await execute(command)) === 0 ? PASSED : FAILED;
}

function checkEveryProject(target: string): Promise<Counts> {
  return check(NX, 'run-many', `--target=${target}`, PARALLEL, '--output-style=static');
}

function readReport<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function sum(all: Counts[]): Counts {
  return all.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** Counts a Jest run; one that left no report, or none of whose tests ran, has failed. */
function countJest(file: string, runner: string): Counts {
  const report = readReport<JestReport>(file);
  if (!report) {
    console.error(`${runner} left no report: it crashed, or had nothing to run.`);
    return FAILED;
  }
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && (!report.success || report.numPassedTests === 0) ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A runner that ends badly has failed, whatever its report says. */
function withExit(counts: Counts, code: number | null): Counts {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function unitTests(): Promise<Counts> {
  const projects = globSync('{apps,libs}/**/jest.config.ts', { cwd: WORKSPACE })
    .map((file) => dirname(file))
    .filter((project) => !project.endsWith('-e2e'));
  const reportOf = (project: string) => join(WORKSPACE, project, PROJECT_REPORT);
  for (const project of projects) {
    rmSync(reportOf(project), { force: true });
    mkdirSync(dirname(reportOf(project)), { recursive: true });
  }
  // Without Nx's cache, so that each number in the last line is of a test that ran now.
  const code = await execute([
    NX,
    'run-many',
    '--target=test',
    PARALLEL,
    '--skip-nx-cache',
    '--output-style=stream',
    '--',
    '--json',
    `--outputFile=${PROJECT_REPORT}`,
  ]);
  return withExit(sum(projects.map((project) => countJest(reportOf(project), `Jest in ${project}`))), code);
}

async function apiTests(): Promise<Counts> {
  const file = join(reports, 'api-e2e.json');
  const code = await execute([
    JEST,
    '--config=apps/api-e2e/jest.config.ts',
    '--runInBand',
    '--json',
    `--outputFile=${file}`,
  ]);
  return withExit(countJest(file, 'api-e2e'), code);
}

async function clientTests(): Promise<Counts> {
  const file = join(reports, 'client-e2e.json');
  const code = await execute(
    [PLAYWRIGHT, 'test', '--config=apps/client-e2e/playwright.config.ts', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  );
  const report = readReport<PlaywrightReport>(file);
  if (!report) {
    console.error('client-e2e left no report: it crashed, or had nothing to run.');
    return FAILED;
  }
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky + report.errors.length;
  return withExit({ passed: expected, failed: failed === 0 && expected === 0 ? 1 : failed, skipped }, code);
}

/** Every fault in short; each row counts as one test. */
async function faultTests(): Promise<Counts> {
  const file = join(reports, 'faults.json');
  const code = await execute([join(WORKSPACE, 'tools/faults.ts'), '--short', `--report=${file}`]);
  const counts = readReport<Counts>(file);
  if (!counts) {
    console.error('The fault tests left no report: they crashed, or could not be built.');
    return FAILED;
  }
  return withExit({ ...counts, failed: counts.passed + counts.failed === 0 ? 1 : counts.failed }, code);
}

const STAGES: Stage[] = [
  { name: 'Format', run: () => check(PRETTIER, '--check', '--log-level=warn', '.') },
  { name: 'Lint and module boundaries', run: () => checkEveryProject('lint') },
  { name: 'Types', run: () => checkEveryProject('typecheck') },
  { name: 'Unit and service tests', run: unitTests },
  { name: 'Build', run: () => check(join(WORKSPACE, 'tools/build.ts')) },
  { name: 'The built API over HTTP and sockets', run: apiTests, needs: ['Build'] },
  { name: 'Faults, in short', run: faultTests, needs: ['Build'] },
  { name: 'The client in a browser', run: clientTests, needs: ['Build'] },
];

function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => {
    isStopping = true;
    const child = running;
    // First asked, so that what has started a database can stop it.
    if (child) endGroup(child, 'SIGTERM');
    setTimeout(
      () => {
        if (child) endGroup(child, 'SIGKILL');
        rmSync(reports, { recursive: true, force: true });
        process.exit(code);
      },
      child ? GRACE_MS : 0,
    );
  });
}

const results = new Map<string, Counts>();
for (const { name, run, needs = [] } of STAGES) {
  console.log(`\n━━ ${name} ━━\n`);
  const missing = needs.find((other) => results.get(other)?.failed !== 0);
  if (missing) console.error(`Not run, counted as failed: ${missing} failed.`);
  const from = Date.now();
  const counts = missing
    ? FAILED
    : await run().catch((error: unknown) => {
        console.error(error);
        return FAILED;
      });
  results.set(name, counts);
  console.log(`\n${name}: ${describe(counts)} (${Math.round((Date.now() - from) / 1000)} s)`);
}
rmSync(reports, { recursive: true, force: true });

console.log('\n━━ All ━━\n');
for (const [name, counts] of results)
  console.log(`${counts.failed > 0 ? '✗' : '✓'} ${name}: ${describe(counts)}`);
const total = sum([...results.values()]);
console.log(`\ntests: ${describe(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;
