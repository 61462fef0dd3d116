const SHORTEST_MS = 250;
const FIRST_MS = 1_000;

/** How long to wait before try number `attempt` (from 0), in milliseconds: doubling, with full jitter, as the product's client. */
export function backoffDelay(attempt: number, longestMs: number): number {
  const ceiling = Math.min(longestMs, FIRST_MS * 2 ** Math.min(attempt, 16));
  return SHORTEST_MS + Math.random() * Math.max(0, ceiling - SHORTEST_MS);
}
