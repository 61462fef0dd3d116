import { type ArmName } from '../arms/arm';
import { spread } from '../statistics/statistics';
import { interleave, ratios } from './interleave';
import { type Figure, type Row } from './row';
import { of, type StagedArm, withArms } from './staged-arm';

const ARMS: readonly ArmName[] = ['raw', 'insertOne', 'tutorial', 'ours'];

/** Messages of each chat under way at once. */
const IN_FLIGHT = 8;

/** Whoever has the chat open: the sender and somebody else. */
const ROOM_SIZE = 2;

const WARM_UP_MS = 700;

/** One arm in one round. */
interface Pass {
  perSecond: number;
  /** CPU of the server process, in microseconds. */
  cpuPerMessage: number;
}

/** How many messages a second get through, and what each costs. */
export const throughput: Row = {
  id: 'throughput',
  async run(context) {
    const { isQuick, note } = context;
    const [chats, rounds, milliseconds] = isQuick ? [20, 3, 1_000] : [100, 6, 4_000];
    return withArms(ARMS, context, async (arms) => {
      for (const { server, load, people } of arms.values()) {
        await load.connect(server.url, await people(chats), ROOM_SIZE);
      }
      const results = await interleave([...arms.values()], rounds, async (arm) => {
        const pass = await measure(arm, milliseconds);
        note(
          `${arm.name}: ${Math.round(pass.perSecond)} messages/s, ${pass.cpuPerMessage.toFixed(0)} µs each`,
        );
        return pass;
      });
      return figures((name) => of(results, of(arms, name)));
    });
  },
};

async function measure({ server, load }: StagedArm, milliseconds: number): Promise<Pass> {
  await load.run({ kind: 'closedLoop', inFlight: IN_FLIGHT, milliseconds: WARM_UP_MS });
  const before = await server.usage();
  const { messages, milliseconds: elapsed } = await load.run({
    kind: 'closedLoop',
    inFlight: IN_FLIGHT,
    milliseconds,
  });
  const after = await server.usage();
  return { perSecond: (messages * 1_000) / elapsed, cpuPerMessage: (after.cpu - before.cpu) / messages };
}

function figures(of: (name: ArmName) => Pass[]): Figure[] {
  const compare = (other: ArmName, value: (pass: Pass) => number) =>
    spread(ratios(of('ours'), of(other), value));
  const perSecond = (pass: Pass) => pass.perSecond;
  return [
    {
      title: 'CPU of the server per message, ours / raw',
      value: compare('raw', ({ cpuPerMessage }) => cpuPerMessage),
      unit: '',
      toReach: 2.8,
      better: 2,
    },
    {
      title: 'stored, acked and delivered messages/s, ours / raw',
      value: compare('raw', perSecond),
      unit: '',
      isHigherBetter: true,
      toReach: 0.2,
      better: 0.3,
    },
    {
      title: 'messages/s, ours / insertOne',
      value: compare('insertOne', perSecond),
      unit: '',
      isHigherBetter: true,
      toReach: 5,
      better: 10,
    },
    {
      title: 'messages/s, ours / tutorial',
      value: compare('tutorial', perSecond),
      unit: '',
      isHigherBetter: true,
      toReach: 20,
      better: 30,
    },
  ];
}
