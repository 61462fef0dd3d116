import { type DatabaseServer } from '@elite-chat/database-server';

import { type Spread } from '../statistics/statistics';

/** What a row needs to run. */
export interface RowContext {
  database: DatabaseServer;
  /** For what servers write beside the database; taken away at the end. */
  directory: string;
  /** Small sizes, for trying: the figures mean little. */
  isQuick: boolean;
  /** Where profiles of the product are written, where they are asked for. */
  profileDirectory?: string;
  /** Says how far it is. */
  note: (text: string) => void;
}

/** One figure of the table. */
export interface Figure {
  /** What was measured. */
  title: string;
  /** The rounds, or the one number that there is. */
  value: Spread | number;
  /** Whether it is a ratio, a share, or has a unit. */
  unit: string;
  /** Whether more is better. */
  isHigherBetter?: boolean;
  /** What counts as met; none: it is only measured. */
  toReach?: number;
  /** What would be better still. */
  better?: number;
}

/** A part of the bench that can be run alone. */
export interface Row {
  /** How it is asked for. */
  id: string;
  run(context: RowContext): Promise<Figure[]>;
}
