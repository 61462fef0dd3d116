/**
 * Runs every arm once a round, in the order A B C D, then D C B A, and so on, so that what changes on
 * the machine meanwhile touches all alike.
 * @returns of each arm the results, by round
 */
export async function interleave<A, R>(
  arms: readonly A[],
  rounds: number,
  measure: (arm: A, round: number) => Promise<R>,
): Promise<Map<A, R[]>> {
  const results = new Map<A, R[]>(arms.map((arm) => [arm, []]));
  for (let round = 0; round < rounds; round++) {
    for (const arm of round % 2 === 0 ? arms : arms.toReversed()) {
      results.get(arm)?.push(await measure(arm, round));
    }
  }
  return results;
}

/** Of each round the ratio of one arm's result to another's. */
export function ratios<R>(ours: readonly R[], theirs: readonly R[], value: (result: R) => number): number[] {
  return ours.map((result, round) => {
    const other = theirs[round];
    if (other === undefined) throw new Error('Both arms have as many rounds.');
    return value(result) / value(other);
  });
}
