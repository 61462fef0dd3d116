import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from '../directory/process-identity';

const TERMINATE_TIMEOUT_MS = 10_000;
const KILL_TIMEOUT_MS = 5_000;
/** It is no child of ours: nobody tells us when it ends. */
const LOOK_EVERY_MS = 20;

/** Ends exactly this process, by force if need be. Throws when it can't be ended. */
export async function stopOrphan(orphan: ProcessIdentity): Promise<void> {
  if (await endedAfter('SIGTERM', orphan, TERMINATE_TIMEOUT_MS)) return;
  if (await endedAfter('SIGKILL', orphan, KILL_TIMEOUT_MS)) return;
  throw new Error(`process ${orphan.pid} does not end`);
}

async function endedAfter(
  signal: NodeJS.Signals,
  orphan: ProcessIdentity,
  timeoutMs: number,
): Promise<boolean> {
  const giveUpAt = Date.now() + timeoutMs;
  if (!(await isRunning(orphan))) return true;
  process.kill(orphan.pid, signal);
  while (Date.now() < giveUpAt) {
    await delay(LOOK_EVERY_MS);
    if (!(await isRunning(orphan))) return true;
  }
  return false;
}
