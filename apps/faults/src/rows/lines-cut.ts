import { setTimeout as pause } from 'node:timers/promises';

import { type Link, TcpProxy } from '../network/tcp-proxy';
import { busyChats } from '../world/busy-chats';
import { Traffic } from '../world/traffic';
import { withWorld } from '../world/with-world';
import { type World } from '../world/world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const TARGET_MS = 5_000;

/** Longest that both sides believe in a line that is gone: Socket.IO's ping interval and timeout. */
const NOTICED_AFTER_MS = 45_000;

const FAULTS = ['cutWithoutFin', 'deafen', 'reset'] as const satisfies readonly (keyof Link)[];

/** F5: lines cut without FIN, half-open and slow. */
export const LINES_CUT: Row = {
  id: 'F5',
  title: 'lines cut without FIN, half-open, slow',
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, { random, isShort, note }: RowContext): Promise<RowResult> {
  const node = await world.startNode();
  const proxy = await TcpProxy.start({ host: '127.0.0.1', port: node.port });
  try {
    const options = { url: proxy.url, ackTimeoutMs: 3_000 };
    const { clients } = await busyChats(world, [node], { customers: 8, admins: 3 }, options);
    const traffic = new Traffic(random, 150);
    traffic.begin(clients);
    const cuts = new Map<string, number>();
    for (const end = Date.now() + (isShort ? 4_000 : 40_000); Date.now() < end;) {
      await pause(random.between(50, 400));
      const [first, ...others] = proxy.alive;
      if (!first) continue;
      const fault = random.pick(FAULTS);
      random.pick([first, ...others])[fault]();
      cuts.set(fault, (cuts.get(fault) ?? 0) + 1);
      proxy.delayMs = random.pick([0, 0, 20, 120]);
      // Dead lines end in the long run only: in the short one a router comes back that knows none of them.
      if (isShort && random.next() < 0.2) proxy.resetAll();
    }
    await traffic.end();
    proxy.delayMs = 0;
    note(`${[...cuts].map(([fault, count]) => `${fault} ${count}`).join(', ')}`);
    if (isShort) proxy.resetAll();
    else await pause(NOTICED_AFTER_MS);
    const evidence = { uri: world.database.uri, clients };
    const { verdict, recoveredMs } = await recovered(evidence, TARGET_MS * DEADLINE_FACTOR);
    return { ...verdict, recoveredMs };
  } finally {
    proxy.stop();
  }
}
