/** What shows that a mechanism is broken: a spec of a project, or a row of the fault tests in short. */
export type Proof = { project: string; spec: string } | { row: string };

/** One mechanism, broken once. */
export interface Mutation {
  /** What the product relies on. */
  mechanism: string;
  /** How it is broken, for the table. */
  broken: string;
  file: string;
  /** Must stand in the file exactly once. */
  find: string;
  replace: string;
  proof: Proof;
}

/** For the table and for telling equal proofs from others. */
export function nameOf(proof: Proof): string {
  return 'row' in proof ? `${proof.row} --short` : `${proof.spec}.spec.ts`;
}
