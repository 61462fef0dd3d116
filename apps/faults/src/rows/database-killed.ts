import { setTimeout as pause } from 'node:timers/promises';

import { judge, type Verdict } from '../checker/verdict';
import { busyChats } from '../world/busy-chats';
import { Traffic } from '../world/traffic';
import { withWorld } from '../world/with-world';
import { type World } from '../world/world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const TARGET_MS = 5_000;
const KILLS = 4;
const CONTROL_TRIES = 6;

/** F2: kill -9 of the database under load. A control run without synced commits must lose something. */
export const DATABASE_KILLED: Row = {
  id: 'F2',
  title: 'kill -9 of the database under load',
  targetMs: TARGET_MS,
  run: async (context) => {
    const result = await withWorld({}, (world) => run(world, context));
    for (let number = 1; number <= CONTROL_TRIES; number++) {
      const lost = await withWorld({ isDurable: false }, (world) => control(world, context));
      context.note(`control run ${number} without syncing each commit: ${lost} acknowledged messages lost`);
      if (lost > 0) return result;
    }
    const blind = `the control run lost nothing in ${CONTROL_TRIES} tries: this row would not see a loss`;
    return { ...result, failures: [...result.failures, blind] };
  },
};

async function run(world: World, { random, isShort, note }: RowContext): Promise<RowResult> {
  const node = await world.startNode();
  const { clients } = await busyChats(world, [node], { customers: 10, admins: 2 });
  let slowest = 0;
  let verdict: Verdict | null = null;
  for (let kill = 0; kill < (isShort ? 1 : KILLS); kill++) {
    const traffic = new Traffic(random, 60);
    traffic.begin(clients);
    await pause(random.between(500, 2_500));
    await world.database.killHard();
    await pause(random.between(100, 2_000));
    await world.database.start();
    await traffic.end();
    const recovery = await recovered({ uri: world.database.uri, clients }, TARGET_MS * DEADLINE_FACTOR);
    ({ verdict } = recovery);
    note(`equal again ${recovery.recoveredMs} ms after the restart of the database`);
    slowest = Math.max(slowest, recovery.recoveredMs);
    if (verdict.failures.length > 0) break;
  }
  if (!verdict) throw new Error('Nothing was killed.');
  return { ...verdict, recoveredMs: slowest };
}

/** @returns how many acknowledged messages are not there after a kill */
async function control(world: World, { random }: RowContext): Promise<number> {
  const node = await world.startNode();
  const { clients } = await busyChats(world, [node], { customers: 10, admins: 2 });
  const traffic = new Traffic(random, 20);
  traffic.begin(clients);
  await pause(random.between(1_500, 3_000));
  await world.database.killHard();
  // Without the API nothing is written again: what was acknowledged is there, or it is lost.
  await node.killHard();
  await traffic.end();
  for (const client of clients) client.close();
  await world.database.start();
  const { lost } = await judge({ uri: world.database.uri, clients, isDerivedChecked: false });
  return lost;
}
