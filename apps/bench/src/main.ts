/** `npm run bench`: what the product costs, as ratios to what does less. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startDatabaseServer } from '@elite-chat/database-server';

import { type Options, readOptions } from './options';
import { lineOf, tableOf } from './report/table';
import { writeDocument } from './report/document';
import { keepMeasurements } from './report/measurements';
import { type Figure } from './rows/row';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(options: Options): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'elite-chat-bench-'));
  const database = await startDatabaseServer({ dataDirectory: options.dataDirectory, report: print });
  const figures = new Map<string, Figure[]>();
  try {
    for (const row of options.rows) {
      const from = Date.now();
      const note = (text: string) => print(`   ${row.id}: ${text}`);
      const found = await row.run({ ...options, database, directory, note });
      figures.set(row.id, found);
      print([...found.map(lineOf), `   ${row.id}: ${Math.round((Date.now() - from) / 1_000)} s`].join('\n'));
    }
  } finally {
    await database.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  print(`\n${tableOf([...figures.values()].flat())}`);
  if (options.isKept) await writeDocument(await keepMeasurements(options.dataDirectory, figures), database);
}

main(readOptions(process.argv.slice(2))).then(
  () => process.exit(0),
  (error: unknown) => {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
