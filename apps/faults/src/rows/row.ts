import { type Verdict } from '../checker/verdict';
import { type Random } from '../random';

/** What a row is given. */
export interface RowContext {
  random: Random;
  /** The short version: seconds instead of a minute. */
  isShort: boolean;
  /** Tells of what goes on, under the row's name. */
  note: (line: string) => void;
}

/** What came of a row. */
export interface RowResult extends Verdict {
  /** From the end of the fault until everybody agreed, in milliseconds; null where there is no such moment. */
  recoveredMs: number | null;
}

/** One fault, and what must hold in spite of it. */
export interface Row {
  /** As in the table, e.g. `F1`. */
  id: string;
  title: string;
  /** How fast it should recover, in milliseconds; null where the row has no target. Deadlines are ten times this. */
  targetMs: number | null;
  run: (context: RowContext) => Promise<RowResult>;
}

/** How much longer than its target a recovery may take before a row fails: these machines are shared. */
export const DEADLINE_FACTOR = 10;
