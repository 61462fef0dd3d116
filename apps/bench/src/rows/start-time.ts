import { join } from 'node:path';

import { armProgram } from '../arms/start-arm';
import { BUILT } from '../paths';
import { ServerProcess, type ServerProgram } from '../processes/server-process';
import { spread } from '../statistics/statistics';
import { interleave, ratios } from './interleave';
import { type Row } from './row';
import { of } from './staged-arm';

/** From the start of the process to its first answer, beside a database that runs. */
export const startTime: Row = {
  id: 'start',
  async run({ database, directory, isQuick, note }) {
    const ours: ServerProgram = {
      ...armProgram('ours', { databaseUri: database.uri, directory }),
      hasProbe: false,
    };
    const bare: ServerProgram = { ...ours, script: join(BUILT, 'bench/bare-nest.js') };
    // Once each to fill the disk's cache, and to make the database's indexes.
    for (const program of [ours, bare]) await measure(program);
    const results = await interleave([bare, ours], isQuick ? 3 : 8, async (program) => {
      const milliseconds = await measure(program);
      note(`${program === ours ? 'ours' : 'bare Nest'}: ${milliseconds.toFixed(0)} ms`);
      return milliseconds;
    });
    return [
      {
        title: 'start of the built API / a bare Nest with one gateway',
        value: spread(ratios(of(results, ours), of(results, bare), (milliseconds) => milliseconds)),
        unit: '',
        toReach: 2,
        better: 1.5,
      },
    ];
  },
};

async function measure(program: ServerProgram): Promise<number> {
  const server = await ServerProcess.start(program);
  await server.stop();
  return server.startMilliseconds;
}
