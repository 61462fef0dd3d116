import { type Arm, type ArmName } from '../arms/arm';
import { startArm } from '../arms/start-arm';
import { LoadProcess } from '../load/load-process';
import { type RowContext } from './row';

/** An arm with a crowd of its own before it. */
export interface StagedArm extends Arm {
  load: LoadProcess;
}

/** Runs some work with arms and their load generators, and ends them all. */
export async function withArms<R>(
  names: readonly ArmName[],
  { database, directory, profileDirectory }: RowContext,
  work: (arms: Map<ArmName, StagedArm>) => Promise<R>,
): Promise<R> {
  const arms = new Map<ArmName, StagedArm>();
  try {
    for (const name of names) {
      const arm = await startArm(name, { databaseUri: database.uri, directory, profileDirectory });
      arms.set(name, { ...arm, load: new LoadProcess() });
    }
    return await work(arms);
  } finally {
    for (const { load, server } of arms.values()) {
      load.stop();
      await server.stop();
    }
  }
}

/** One of a map that surely has it. */
export function of<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`There is no ${String(key)}.`);
  return value;
}
