import { setTimeout as pause } from 'node:timers/promises';

import { LOSE_NO_MORE } from '../fail-points/lose-acks';
import { DatabaseProxy } from '../network/database-proxy';
import { busyChats } from '../world/busy-chats';
import { Traffic } from '../world/traffic';
import { withWorld } from '../world/with-world';
import { type World } from '../world/world';
import { recovered } from './recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from './row';

const TARGET_MS = 5_000;

/** F6: answers are lost, the server's to its clients and the database's to the server. */
export const ANSWERS_LOST: Row = {
  id: 'F6',
  title: "answers lost, the server's and the database's",
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, { random, isShort, note }: RowContext): Promise<RowResult> {
  const proxy = await DatabaseProxy.start(world.database.address);
  try {
    const node = await world.startNode({
      MONGODB_URI: world.database.uriAt(proxy.port),
      LOSE_ACKS: '0.3',
    });
    const { clients } = await busyChats(world, [node], { customers: 8, admins: 2 }, { ackTimeoutMs: 700 });
    const traffic = new Traffic(random, 150);
    traffic.begin(clients);
    for (const end = Date.now() + (isShort ? 4_000 : 30_000); Date.now() < end;) {
      await pause(random.between(200, 900));
      proxy.loseNextAnswer(random.pick(['insert', 'insert', 'commitTransaction', 'update']));
    }
    await traffic.end();
    proxy.loseNothing();
    if (node.pid !== undefined) process.kill(node.pid, LOSE_NO_MORE);
    const evidence = { uri: world.database.uri, clients };
    const { verdict, recoveredMs } = await recovered(evidence, TARGET_MS * DEADLINE_FACTOR);
    const resent = clients.flatMap(({ attempts }) => attempts).filter(({ tries }) => tries > 1).length;
    note(`${resent} messages were sent again; the database's answers lost: ${proxy.lost}`);
    if (resent === 0 || proxy.lost === 0)
      verdict.failures.push('no answer was lost: the row has tried nothing');
    return { ...verdict, recoveredMs };
  } finally {
    proxy.stop();
  }
}
