import { setTimeout as pause } from 'node:timers/promises';

const ASK_AGAIN_MS = 50;

/** Waits until a condition holds, and gives how long that took in milliseconds; throws at the deadline. */
export async function until(
  what: string,
  deadlineMs: number,
  holds: () => boolean | Promise<boolean>,
): Promise<number> {
  const from = Date.now();
  while (!(await holds())) {
    if (Date.now() - from > deadlineMs) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await pause(ASK_AGAIN_MS);
  }
  return Date.now() - from;
}
