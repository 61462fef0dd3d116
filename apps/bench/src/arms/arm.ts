import { type Person } from '../load/person';
import { type ServerProcess } from '../processes/server-process';

/** The arms of the comparison. */
export type ArmName = 'raw' | 'recovery' | 'insertOne' | 'tutorial' | 'ours';

/** A server that is measured, and people who may use it. */
export interface Arm {
  readonly name: ArmName;
  readonly server: ServerProcess;
  /** New customers, each with a chat of their own. */
  people(count: number): Promise<Person[]>;
}
