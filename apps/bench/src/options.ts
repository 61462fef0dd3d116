import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { type Row } from './rows/row';
import { ROWS } from './rows/rows';

/** What `npm run bench -- …` asks for. */
export interface Options {
  rows: readonly Row[];
  /** `--quick`: small sizes. */
  isQuick: boolean;
  /** `--data`: where the database and its large data sets are kept from one run to the next. */
  dataDirectory: string;
  /** `--profile`: a folder for CPU profiles of the product; profiled, it is slower. */
  profileDirectory?: string;
  /** Whether the figures count: small sizes and a profiler make others. */
  isKept: boolean;
}

/** @throws Error that names the row or option that does not exist */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      data: { type: 'string', default: '.bench' },
      profile: { type: 'string' },
    },
    allowPositionals: true,
  });
  const unknown = positionals.find((id) => !ROWS.some((row) => row.id === id));
  if (unknown !== undefined) {
    throw new Error(`There is no row ${unknown}; there are ${ROWS.map(({ id }) => id).join(', ')}.`);
  }
  const isWhole = positionals.length === 0;
  return {
    rows: isWhole ? ROWS : ROWS.filter(({ id }) => positionals.includes(id)),
    isQuick: values.quick,
    dataDirectory: resolve(values.data),
    profileDirectory: values.profile === undefined ? undefined : resolve(values.profile),
    isKept: !values.quick && values.profile === undefined,
  };
}
