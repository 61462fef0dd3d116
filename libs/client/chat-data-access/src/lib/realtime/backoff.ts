const SHORTEST_MS = 250;
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before try number `attempt` (from 0), in milliseconds: doubling, with full jitter,
 * so that thousands of clients that lost one server don't come back at one moment.
 */
export function backoffDelay(attempt: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return SHORTEST_MS + Math.random() * (ceiling - SHORTEST_MS);
}
