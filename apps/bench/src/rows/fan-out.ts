import { type ArmName } from '../arms/arm';
import { spread } from '../statistics/statistics';
import { interleave, ratios } from './interleave';
import { type Row } from './row';
import { of, type StagedArm, withArms } from './staged-arm';

const ARMS: readonly ArmName[] = ['raw', 'ours'];

/** Messages under way at once. */
const IN_FLIGHT = 4;

/** One arm in one round. */
interface Pass {
  /** CPU of the server process, in microseconds. */
  cpuPerDelivery: number;
  encodingsPerMessage: number;
}

/** What it costs to tell a large room. */
export const fanOut: Row = {
  id: 'fanout',
  async run(context) {
    const { isQuick, note } = context;
    const [size, rounds, messages] = isQuick ? [50, 3, 100] : [500, 6, 200];
    return withArms(ARMS, context, async (arms) => {
      for (const { server, load, people } of arms.values()) {
        await load.connect(server.url, await people(1), size);
        await measure({ server, load }, size, messages);
      }
      const results = await interleave([...arms.values()], rounds, async (arm) => {
        const pass = await measure(arm, size, messages);
        note(`${arm.name}: ${pass.cpuPerDelivery.toFixed(2)} µs each`);
        return pass;
      });
      const [ours, raw] = [of(results, of(arms, 'ours')), of(results, of(arms, 'raw'))];
      return [
        {
          title: `CPU per delivery to a room of ${size}, ours / \`io.to(room).emit\``,
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
    });
  },
};

async function measure(
  { server, load }: Pick<StagedArm, 'server' | 'load'>,
  size: number,
  messages: number,
): Promise<Pass> {
  const before = await server.usage();
  await load.run({ kind: 'closedLoop', inFlight: IN_FLIGHT, messages });
  const after = await server.usage();
  return {
    cpuPerDelivery: (after.cpu - before.cpu) / (messages * size),
    encodingsPerMessage: (after.encodings - before.encodings) / messages,
  };
}
