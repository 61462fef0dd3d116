import { type Figure } from '../rows/row';
import { type Spread } from '../statistics/statistics';

const HEAD = ['| row | measured | to reach | better | met |', '| --- | --- | --- | --- | --- |'];

/** How a figure stands to what was to be reached. */
export type Verdict = 'better' | 'yes' | 'no' | '';

/** The table, as Markdown. */
export function tableOf(figures: readonly Figure[]): string {
  return [...HEAD, ...figures.map(lineOf)].join('\n');
}

/** A line of the table. */
export function lineOf(figure: Figure): string {
  const { title, value, unit, toReach, better } = figure;
  const cells = [title, written(value, unit), bound(toReach, unit), bound(better, unit), verdictOf(figure)];
  return `| ${cells.join(' | ')} |`;
}

/** Judged by the median. */
export function verdictOf({ value, isHigherBetter = false, toReach, better }: Figure): Verdict {
  const measured = typeof value === 'number' ? value : value.median;
  const reaches = (goal: number) => (isHigherBetter ? measured >= goal : measured <= goal);
  if (toReach !== undefined && !reaches(toReach)) return 'no';
  if (better !== undefined && reaches(better)) return 'better';
  return toReach === undefined ? '' : 'yes';
}

function written(value: Spread | number, unit: string): string {
  if (typeof value === 'number') return amount(value) + unit;
  const { median, min, max } = value;
  return `${amount(median)}${unit} (${amount(min)}–${amount(max)})`;
}

function bound(goal: number | undefined, unit: string): string {
  return goal === undefined ? '' : `${goal}${unit}`;
}

function amount(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}
