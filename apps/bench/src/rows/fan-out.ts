import { type ArmName } from '../arms/arm';
import { LoadProcess } from '../load/load-process';
import { type ServerProcess } from '../processes/server-process';
import { spread } from '../statistics/statistics';
import { interleave, ratios } from './interleave';
import { type Figure, type Row } from './row';
import { of, withArms } from './staged-arm';

const ARMS: readonly ArmName[] = ['raw', 'ours'];

/** One after another: what goes out together costs less, and the arms would gather differently. */
const IN_FLIGHT = 1;

/** One arm in one round. */
interface Pass {
  /** CPU of the server process for each receiver beyond the first, in microseconds. */
  cpuPerDelivery: number;
  encodingsPerMessage: number;
}

/** What it costs to tell a large room: what the message costs with one receiver is taken off. */
export const fanOut: Row = {
  id: 'fanout',
  async run(context) {
    const { isQuick, note } = context;
    const [size, rounds, messages] = isQuick ? [50, 3, 100] : [500, 6, 200];
    return withArms(ARMS, context, async (arms) => {
      const alone = new Map([...arms.keys()].map((name) => [name, new LoadProcess()]));
      try {
        for (const { name, server, load, people } of arms.values()) {
          const [crowded, single] = [await people(1), await people(1)];
          await load.connect(server.url, crowded, size);
          await of(alone, name).connect(server.url, single, 1);
          await measure(server, load, messages);
        }
        const results = await interleave([...arms.values()], rounds, async ({ name, server, load }) => {
          const [one, all] = [
            await measure(server, of(alone, name), messages),
            await measure(server, load, messages),
          ];
          const pass = {
            cpuPerDelivery: (all.cpuPerMessage - one.cpuPerMessage) / (size - 1),
            encodingsPerMessage: all.encodingsPerMessage,
          };
          note(`${name}: ${one.cpuPerMessage.toFixed(0)} µs, and ${pass.cpuPerDelivery.toFixed(2)} µs each`);
          return pass;
        });
        return figures(size, of(results, of(arms, 'ours')), of(results, of(arms, 'raw')));
      } finally {
        for (const load of alone.values()) load.stop();
      }
    });
  },
};

function figures(size: number, ours: Pass[], raw: Pass[]): Figure[] {
  return [
    {
      title: `CPU per further delivery to a room of ${size}, ours / \`io.to(room).emit\``,
      value: spread(ratios(ours, raw, ({ cpuPerDelivery }) => cpuPerDelivery)),
      unit: '',
      toReach: 1.1,
      better: 1.03,
    },
    {
      title: 'times that a message is encoded for its room',
      value: Math.max(...ours.map(({ encodingsPerMessage }) => encodingsPerMessage)),
      unit: '',
      toReach: 1,
      better: 1,
    },
  ];
}

async function measure(server: ServerProcess, load: LoadProcess, messages: number) {
  const before = await server.usage();
  await load.run({ kind: 'closedLoop', inFlight: IN_FLIGHT, messages });
  const after = await server.usage();
  return {
    cpuPerMessage: (after.cpu - before.cpu) / messages,
    encodingsPerMessage: (after.encodings - before.encodings) / messages,
  };
}
