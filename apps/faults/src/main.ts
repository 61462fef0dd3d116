/** `npm run test:faults`: what the product must bear, one row after another. */
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { Random } from './random';
import { failuresOf, hasPassed, lineOf, type Report, tableOf } from './report/report';
import { type Row, type RowResult } from './rows/row';
import { ROWS } from './rows/rows';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Nothing of a row takes longer than this, in milliseconds. */
const LONGEST_ROW_MS = 6 * 60_000;

/** Rows in short mostly wait. The long ones have the machine to themselves: what they measure is published. */
const SHORT_AT_ONCE = 2;

const CRASHED = { attempted: 0, acked: 0, lost: 0, dup: 0, gaps: 0, order: 0, divergence: 0 };

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string' }, short: { type: 'boolean' }, report: { type: 'string' } },
    allowPositionals: true,
  });
  const rows = chosenRows(positionals);
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  const isShort = values.short ?? false;
  print(`Seed ${seed}; the same again: --seed ${seed}${isShort ? ' --short' : ''}\n`);
  const reports = await runAll(rows, seed, isShort);
  print(`\n${tableOf(reports)}`);
  const failed = reports.filter((report) => !hasPassed(report)).length;
  const counts = { passed: reports.length - failed, failed, skipped: 0 };
  if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(counts));
  // Not left to the last handle: a row that hangs must not keep this from ending.
  process.exit(failed > 0 ? 1 : 0);
}

/** In the order of the table, whichever ended first. */
async function runAll(rows: readonly Row[], seed: number, isShort: boolean): Promise<Report[]> {
  const reports = new Map<Row, Report>();
  const waiting = [...rows];
  const runNext = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      const from = Date.now();
      const result = await run(row, seed, isShort);
      const report = { row, result, milliseconds: Date.now() - from };
      reports.set(row, report);
      print([lineOf(report), ...failuresOf(report)].join('\n'));
    }
  };
  await Promise.all(Array.from({ length: isShort ? SHORT_AT_ONCE : 1 }, runNext));
  return rows.flatMap((row) => reports.get(row) ?? []);
}

function chosenRows(ids: readonly string[]): readonly Row[] {
  const unknown = ids.find((id) => !ROWS.some((row) => row.id === id));
  if (unknown !== undefined) {
    throw new Error(`There is no row ${unknown}; there are ${ROWS.map(({ id }) => id).join(', ')}.`);
  }
  return ids.length === 0 ? ROWS : ROWS.filter(({ id }) => ids.includes(id));
}

async function run(row: Row, seed: number, isShort: boolean): Promise<RowResult> {
  const note = (text: string) => print(`   ${row.id}: ${text}`);
  let giveUp: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    giveUp = setTimeout(() => reject(new Error(`longer than ${LONGEST_ROW_MS} ms`)), LONGEST_ROW_MS);
  });
  try {
    return await Promise.race([row.run({ random: new Random(seed), isShort, note }), tooLong]);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...CRASHED, failures: [`stopped: ${reason}`], recoveredMs: null };
  } finally {
    clearTimeout(giveUp);
  }
}

// So that what was started ends with us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

main().catch((error: unknown) => {
  print(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
