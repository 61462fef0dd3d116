import { setTimeout as pause } from 'node:timers/promises';

const LONGEST_WAIT_MS = 15_000;

/** Asks again and again until the answer is there; for what the product brings about on its own. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  isThere: (answer: Awaited<T>) => boolean = Boolean,
  what = 'the awaited answer',
): Promise<Awaited<T>> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`${what} never came; the last was ${JSON.stringify(answer)}`);
    await pause(50);
  }
}
