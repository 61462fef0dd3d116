import { readFile } from 'node:fs/promises';
import { runCommand } from '../run-command';

/** A process as it can be recognised later: numbers are given out again, a number with its start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, as this system words it. */
  readonly started: string;
}

const PS_TIMEOUT_MS = 5_000;

/** The identity of a running process; undefined when none has this number (or only its remains wait to be collected). */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  const started = await startOf(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether exactly this process still runs. */
export async function isRunning({ pid, started }: ProcessIdentity): Promise<boolean> {
  return (await startOf(pid)) === started;
}

function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return startOnLinux(pid);
  if (process.platform === 'win32') return Promise.resolve(isThere(pid) ? 'unknown' : undefined);
  return startByPs(pid);
}

/** Ticks since boot, and which boot. */
async function startOnLinux(pid: number): Promise<string | undefined> {
  try {
    const [status, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The name in brackets may hold anything; behind it stand the fields from the third (state) on, the 22nd is the start.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${boot.trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

async function startByPs(pid: number): Promise<string | undefined> {
  try {
    const line = (await runCommand('ps', ['-o', 'state=,lstart=', '-p', String(pid)], PS_TIMEOUT_MS)).trim();
    const [, state, start] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
    return state === undefined || state.startsWith('Z') ? undefined : start;
  } catch {
    return undefined;
  }
}

/** Windows tells no start time cheaply; there the number alone decides. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
