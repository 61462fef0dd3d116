import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { inSeconds } from '@elite-chat/api-process';
import { ChatConnection, RestApi } from '@elite-chat/chat-client';
import { apiPaths } from '@elite-chat/contracts';
import { mongo } from 'mongoose';

import { until } from '../until';
import { Traffic } from '../world/traffic';
import { withWorld } from '../world/with-world';
import { type Person, type World } from '../world/world';
import { recovered } from './recovery';
import { type Row, type RowContext, type RowResult } from './row';

const TARGET_MS = 1_000;

/** What is heard so long after the end of a session makes the row fail, in milliseconds: it is no recovery that may take its time. */
const HEARD_AFTER_END_MAX_MS = 3_000;

/** How much longer there is something to be heard, in milliseconds. */
const LISTENING_ON_MS = 2_000;

/** Long enough to be heard of on a slow machine before it ends. */
const LIFETIME_SECONDS = 15;

/** Somebody who listens until their session ends, and when that was. */
interface Listener {
  how: string;
  connection: ChatConnection;
  /** When the session ended, in milliseconds since 1970. */
  endedAt: number;
  heardAt: number;
}

/** F12: a token expires, a person is disabled or signs out everywhere, while connected to either node. */
export const SESSIONS_ENDED: Row = {
  id: 'F12',
  title: 'token expired, person disabled, signed out: while connected',
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, { random, note }: RowContext): Promise<RowResult> {
  const nodes = [await world.startNode(), await world.startNode()] as const;
  const exp = inSeconds(LIFETIME_SECONDS);
  const sub = randomUUID();
  const people: Record<string, Person> = {
    expired: await world.signIn(nodes[0], 'user', { exp }),
    disabled: await world.signIn(nodes[0], 'user'),
    'signed out everywhere': await world.signIn(nodes[0], 'user', { sub }),
  };
  // Another session of the same person: the one that signs the others out stays.
  const other = await world.signIn(nodes[1], 'user', { sub, jti: randomUUID() });
  const listeners: Listener[] = [];
  for (const [how, { token }] of Object.entries(people)) {
    const chat = await new RestApi(nodes[0].url, token).ownChat();
    for (const node of nodes) {
      const connection = new ChatConnection({
        url: node.url,
        token,
        ackTimeoutMs: 5_000,
        longestPauseMs: 500,
      });
      const listener = { how, connection, endedAt: Infinity, heardAt: 0 };
      connection.socket.onAny(() => (listener.heardAt = Date.now()));
      connection.socket.on(
        'connect',
        () => void connection.ask('join_chat', { chatId: chat.id }).catch(() => null),
      );
      connection.open();
      listeners.push(listener);
    }
    // So that there is something to be heard on both nodes all the time.
    for (const node of nodes) await world.admin(node, [chat.id], { headCheckMs: 1_000 });
  }
  await until('All heard something', 20_000, () =>
    listeners.every(({ connection }) => connection.socket.connected),
  );
  const traffic = new Traffic(random, 60);
  traffic.begin(world.clients);
  await until('All heard something', 20_000, () => listeners.every(({ heardAt }) => heardAt > 0));

  const end = (how: string, at: number) => {
    for (const listener of listeners) if (listener.how === how) listener.endedAt = at;
  };
  end('expired', exp * 1_000);
  if (people['disabled']) await disable(world, people['disabled']);
  end('disabled', Date.now());
  await new RestApi(nodes[1].url, other.token).post(apiPaths.signOutEverywhere, '{}');
  end('signed out everywhere', Date.now());
  await pause(Math.max(0, exp * 1_000 - Date.now()) + HEARD_AFTER_END_MAX_MS + LISTENING_ON_MS);
  await traffic.end();

  const failures: string[] = [];
  let slowest = 0;
  for (const { how, connection, endedAt, heardAt } of listeners) {
    slowest = Math.max(slowest, heardAt - endedAt);
    if (connection.socket.connected) failures.push(`${how}: still connected`);
    if (!connection.refusals.has('unauthorized')) failures.push(`${how}: was let in again`);
    if (heardAt - endedAt > HEARD_AFTER_END_MAX_MS)
      failures.push(`${how}: heard on for ${heardAt - endedAt} ms`);
    note(`${how}: heard the last ${heardAt - endedAt} ms after the end`);
    connection.close();
  }
  await Promise.all(world.clients.map((client) => client.refresh()));
  const { verdict } = await recovered({ uri: world.database.uri, clients: world.clients }, 20_000);
  return { ...verdict, failures: [...failures, ...verdict.failures], recoveredMs: Math.max(0, slowest) };
}

/** As the product writes it: an operator has no call for it yet. */
async function disable(world: World, { user }: Person): Promise<void> {
  const client = await mongo.MongoClient.connect(world.database.uri);
  await client
    .db()
    .collection('users')
    .updateOne(
      { _id: new mongo.ObjectId(user.id) },
      {
        $set: { isDisabled: true, keptTokenFingerprint: null, sessionsEndedAt: new Date() },
        $inc: { sessionGeneration: 1 },
      },
    );
  await client.close();
}
