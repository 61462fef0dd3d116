import { type Row, type RowResult } from '../rows/row';

/** Failures that are shown of one row; the others are counted. */
const FAILURES_SHOWN = 20;

/** Characters that are shown of a failure: it may quote whole messages. */
const FAILURE_LENGTH = 400;

const COUNTS = ['attempted', 'acked', 'lost', 'dup', 'gaps', 'order', 'divergence'] as const;

/** A row that was run. */
export interface Report {
  row: Row;
  result: RowResult;
  milliseconds: number;
}

/** Whether nothing was wrong. */
export function hasPassed({ result }: Report): boolean {
  return result.failures.length === 0;
}

/** The row in one line. */
export function lineOf(report: Report): string {
  const { row, result } = report;
  const counts = COUNTS.map((count) => `${count} ${result[count]}`).join(' ');
  return `${row.id} ${counts} recovered ${recoveryOf(report)}`;
}

/** What was wrong, a line each. */
export function failuresOf({ result: { failures } }: Report): string[] {
  const shown = failures.slice(0, FAILURES_SHOWN).map((failure) => `   ${failure.slice(0, FAILURE_LENGTH)}`);
  return failures.length > FAILURES_SHOWN
    ? [...shown, `   and ${failures.length - FAILURES_SHOWN} more`]
    : shown;
}

/** All rows, in Markdown. */
export function tableOf(reports: readonly Report[]): string {
  const rows = reports.map((report) => [
    report.row.id,
    report.row.title,
    ...COUNTS.map((count) => String(report.result[count])),
    recoveryOf(report),
    `${Math.round(report.milliseconds / 1_000)} s`,
    hasPassed(report) ? 'passed' : 'FAILED',
  ]);
  const head = ['', 'fault', ...COUNTS, 'recovered', 'took', ''];
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const format = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [format(head), format(widths.map((width) => '-'.repeat(width))), ...rows.map(format)].join('\n');
}

function recoveryOf({ row, result: { recoveredMs } }: Report): string {
  const target = row.targetMs === null ? '' : ` (target ${row.targetMs} ms)`;
  return recoveredMs === null ? '-' : `${recoveredMs} ms${target}`;
}
