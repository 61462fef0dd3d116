import { type ArmName } from '../arms/arm';
import { quantile, spread } from '../statistics/statistics';
import { type CutsResult } from '../load/cuts/through-cuts';
import { ratios } from './interleave';
import { type Figure, type Row } from './row';
import { of, withArms } from './staged-arm';

const ARMS = ['raw', 'recovery', 'ours'] as const satisfies readonly ArmName[];

const PLAN = { listeners: 300, cutEveryMs: 15_000, cutForMs: 2_000, messages: 120, perSecond: 2 };
const QUICK_PLAN = { listeners: 30, cutEveryMs: 3_000, cutForMs: 500, messages: 30, perSecond: 5 };

/** What becomes of messages when lines are cut. The arms run at the same time: the machine is hardly busy. */
export const cutLines: Row = {
  id: 'cuts',
  run(context) {
    const { isQuick, note } = context;
    const [plan, rounds] = isQuick ? [QUICK_PLAN, 2] : [PLAN, 5];
    return withArms(ARMS, context, async (arms) => {
      const results = new Map<ArmName, CutsResult[]>(ARMS.map((name) => [name, []]));
      for (let round = 0; round < rounds; round++) {
        const passes = ARMS.map(async (name) => {
          const { server, load, people } = of(arms, name);
          const [person] = await people(1);
          if (!person) throw new Error('Nobody came.');
          const result = await load.sufferCuts({
            ...plan,
            url: server.url,
            person,
            knowsProtocol: name === 'ours',
          });
          note(
            `${name}: ${percent(result.delivered).toFixed(1)} %, ${result.duplicates} twice, p99 ${p99(result).toFixed(0)} ms`,
          );
          of(results, name).push(result);
        });
        await Promise.all(passes);
      }
      return figures(plan, of(results, 'raw'), of(results, 'recovery'), of(results, 'ours'));
    });
  },
};

function figures(
  { listeners, cutEveryMs, cutForMs }: typeof PLAN,
  raw: CutsResult[],
  recovery: CutsResult[],
  ours: CutsResult[],
): Figure[] {
  const cut = `${listeners} clients, each cut off every ${cutEveryMs / 1_000} s for ${cutForMs / 1_000} s`;
  const delivered = (results: CutsResult[]) => spread(results.map((result) => percent(result.delivered)));
  return [
    {
      title: `delivered to ${cut}, ours`,
      value: delivered(ours),
      unit: ' %',
      isHigherBetter: true,
      toReach: 100,
      better: 100,
    },
    { title: 'the same, Socket.IO as it comes', value: delivered(raw), unit: ' %' },
    { title: 'the same, Socket.IO with connection state recovery', value: delivered(recovery), unit: ' %' },
    {
      title: 'the same: messages shown twice, ours',
      value: Math.max(...ours.map(({ duplicates }) => duplicates)),
      unit: '',
      toReach: 0,
      better: 0,
    },
    {
      title: 'the same: p99 until all is there again, ours / connection state recovery',
      value: spread(ratios(ours, recovery, p99)),
      unit: '',
      better: 0.5,
    },
  ];
}

function percent(share: number): number {
  return share * 100;
}

function p99({ catchUps }: CutsResult): number {
  return catchUps.length === 0 ? Infinity : quantile(catchUps, 0.99);
}
