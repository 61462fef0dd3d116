import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { WORKSPACE } from '../paths';
import { type Figure } from '../rows/row';

/** A row's figures, and of when they are. */
export interface Measurement {
  figures: Figure[];
  /** The day, `YYYY-MM-DD`. */
  day: string;
  /** The commit that was checked out, abbreviated. */
  commit: string;
}

/** The newest measurement of each row, by the row's id. */
export type Measurements = Readonly<Record<string, Measurement>>;

/** The last measurements, kept in the data folder, with those of this run in the place of older ones. */
export async function keepMeasurements(
  dataDirectory: string,
  figures: ReadonlyMap<string, Figure[]>,
): Promise<Measurements> {
  const file = join(dataDirectory, 'measurements.json');
  const before: Measurements = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const [day, commit] = [new Date().toISOString().slice(0, 10), currentCommit()];
  const measured = [...figures].map(([id, own]) => [id, { figures: own, day, commit }] as const);
  const all = { ...before, ...Object.fromEntries(measured) };
  await writeFile(file, JSON.stringify(all, null, 2));
  return all;
}

function currentCommit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: WORKSPACE, encoding: 'utf8' }).trim();
}
