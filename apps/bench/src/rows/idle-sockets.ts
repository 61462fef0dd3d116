import { type ArmName } from '../arms/arm';
import { startArm } from '../arms/start-arm';
import { LoadProcess } from '../load/load-process';
import { spread } from '../statistics/statistics';
import { interleave, ratios } from './interleave';
import { type Row, type RowContext } from './row';
import { of } from './staged-arm';

const ARMS: readonly ArmName[] = ['raw', 'ours'];

const KIB = 1_024;

/** What one connection holds, in bytes. */
interface Held {
  heap: number;
  rss: number;
}

/** What a connection costs that says nothing: each is another person's. */
export const idleSockets: Row = {
  id: 'idle',
  async run(context) {
    const { isQuick, note } = context;
    const [sockets, rounds] = isQuick ? [100, 2] : [1_000, 5];
    const results = await interleave(ARMS, rounds, async (name) => {
      const held = await measure(name, sockets, context);
      note(`${name}: heap ${(held.heap / KIB).toFixed(1)} KiB, RSS ${(held.rss / KIB).toFixed(1)} KiB each`);
      return held;
    });
    const [ours, raw] = [of(results, 'ours'), of(results, 'raw')];
    return [
      {
        title: 'heap of an idle connection, ours / raw',
        value: spread(ratios(ours, raw, ({ heap }) => heap)),
        unit: '',
        toReach: 1.6,
        better: 1.35,
      },
      {
        title: 'RSS of an idle connection, ours',
        value: spread(ours.map(({ rss }) => rss / KIB)),
        unit: ' KiB',
        toReach: 28,
        better: 24,
      },
    ];
  },
};

/** A fresh server each time: what one has once grown to, it keeps. */
async function measure(
  name: ArmName,
  sockets: number,
  { database, directory, profileDirectory }: RowContext,
): Promise<Held> {
  const { server, people } = await startArm(name, { databaseUri: database.uri, directory, profileDirectory });
  const load = new LoadProcess();
  try {
    const persons = await people(sockets);
    // The first ones load code and fill caches.
    await load.connect(server.url, persons, 1, false);
    await load.terminate();
    const before = await server.usage('memory');
    await load.connect(server.url, persons, 1, false);
    const after = await server.usage('memory');
    return { heap: (after.heap - before.heap) / sockets, rss: (after.rss - before.rss) / sockets };
  } finally {
    load.stop();
    await server.stop();
  }
}
