import { type ArmName } from '../arms/arm';
import { quantile, spread } from '../statistics/statistics';
import { interleave, ratios } from './interleave';
import { type Figure, type Row } from './row';
import { of, withArms } from './staged-arm';

const ARMS: readonly ArmName[] = ['insertOne', 'ours'];

/** Messages a second. */
const RATES = [200, 1_000] as const;

/** Of each arm before each of its rounds. */
const WARM_UP_MS = 500;

/** How long an answer takes when messages come at random moments, whether or not the server keeps up. */
export const latency: Row = {
  id: 'latency',
  async run(context) {
    const { isQuick, note } = context;
    const [chats, rounds, milliseconds] = isQuick ? [20, 3, 1_000] : [100, 5, 5_000];
    return withArms(ARMS, context, async (arms) => {
      for (const { server, load, people } of arms.values()) {
        await load.connect(server.url, await people(chats), 2);
      }
      const figures: Figure[] = [];
      for (const perSecond of RATES) {
        const results = await interleave([...arms.values()], rounds, async ({ name, load }) => {
          await load.run({ kind: 'openLoop', perSecond, milliseconds: WARM_UP_MS });
          const { latencies } = await load.run({ kind: 'openLoop', perSecond, milliseconds });
          const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
          note(`${name}, ${perSecond}/s: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
          return latencies;
        });
        const [ours, theirs] = [of(results, of(arms, 'ours')), of(results, of(arms, 'insertOne'))];
        figures.push(
          figure(perSecond, 'p50', 0.5, ours, theirs, { toReach: 1.2, better: 1.05 }),
          figure(perSecond, 'p99', 0.99, ours, theirs, { toReach: 1, better: 0.3 }),
        );
      }
      return figures;
    });
  },
};

/** The median is that of all rounds' samples together; least and most are those of single rounds. */
function figure(
  perSecond: number,
  name: string,
  share: number,
  ours: number[][],
  theirs: number[][],
  goals: Pick<Figure, 'toReach' | 'better'>,
): Figure {
  const rounds = spread(ratios(ours, theirs, (latencies) => quantile(latencies, share)));
  const merged = quantile(ours.flat(), share) / quantile(theirs.flat(), share);
  return {
    title: `${name} until the ack at ${perSecond} messages/s (open loop), ours / insertOne`,
    value: { ...rounds, median: merged },
    unit: '',
    ...goals,
  };
}
