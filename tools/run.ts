import { type ChildProcess, spawn } from 'node:child_process';

import { WORKSPACE } from './workspace.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How often is asked whether the parent still lives, in milliseconds. */
const PARENT_INTERVAL_MS = 500;

/**
 * Runs a script by this Node as if it were this process: terminal, signals and exit code are its own.
 * @returns its exit code
 */
export function run(script: string, args: readonly string[], environment = process.env): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: WORKSPACE,
    env: environment,
    stdio: 'inherit',
  });
  return end(child);
}

/**
 * Passes signals on to a child and waits for its end. npm passes a signal to its shell only, which
 * ends without a word to us: to be left without the parent counts as a signal too.
 */
export function end(child: ChildProcess): Promise<number> {
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    pass('SIGTERM');
  }, PARENT_INTERVAL_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(watch);
      for (const signal of SIGNALS) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}
