/** Where a process can be made to end. */
export const FAIL_POINT_NAMES = [
  'before-insert',
  'after-insert',
  'before-emit',
  'before-ack',
  'after-ack',
  'before-projection',
  'before-commit-of-transaction',
  'after-commit-of-transaction',
] as const;

/** One of {@link FAIL_POINT_NAMES}. */
export type FailPointName = (typeof FAIL_POINT_NAMES)[number];
