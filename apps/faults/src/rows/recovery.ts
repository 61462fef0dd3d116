import { setTimeout as pause } from 'node:timers/promises';

import { judge, type Evidence, type Verdict } from '../checker/verdict';
import { until } from '../until';

const JUDGE_AGAIN_MS = 200;

/**
 * Waits until everything that was written is answered and everybody shows what is stored, or until the
 * deadline: what is still wrong then stays in the verdict.
 */
export async function recovered(
  evidence: Evidence,
  deadlineMs: number,
): Promise<{ verdict: Verdict; recoveredMs: number }> {
  const from = Date.now();
  const unsettled = await until('All answered', deadlineMs, () =>
    evidence.clients.every((client) => client.isSettled),
  ).then(
    () => null,
    () => evidence.clients.filter((client) => !client.isSettled).length,
  );
  let verdict = await judge(evidence);
  while (verdict.divergence > 0 && Date.now() - from < deadlineMs) {
    await pause(JUDGE_AGAIN_MS);
    verdict = await judge(evidence);
  }
  const recoveredMs = Date.now() - from;
  if (unsettled !== null)
    verdict.failures.push(`${unsettled} clients were not answered within ${deadlineMs} ms`);
  return { verdict, recoveredMs };
}
