import { randomUUID } from 'node:crypto';

import { SOCKET_PATH } from '@elite-chat/contracts';
import { mongo } from 'mongoose';
import { apiPaths } from '@elite-chat/contracts';
import { type ApiProcess } from '@elite-chat/api-process';
import { ChatConnection, Refused, RestApi } from '@elite-chat/chat-client';

import { RawWebSocket } from '../../network/raw-web-socket';
import { until } from '../../until';
import { busyChats } from '../../world/busy-chats';
import { Traffic } from '../../world/traffic';
import { withWorld } from '../../world/with-world';
import { type Person, type World } from '../../world/world';
import { recovered } from '../recovery';
import { DEADLINE_FACTOR, type Row, type RowContext, type RowResult } from '../row';
import { poisonedEvents, poisonedFrames, poisonedPayloads } from './poisons';

const TARGET_MS = 5_000;
const ANSWER_WAIT_MS = 10_000;

/** What wrong input is told; anything else is a fault. */
const CLEAR: ReadonlySet<string> = new Set([
  'validation_failed',
  'not_found',
  'forbidden',
  'unknown_event',
  'payload_too_large',
]);

/** A text that only the database refuses. */
const REFUSED_BY_DATABASE = 'poison';

/** F14: poison among the messages of others, by raw frames and REST. */
export const POISON: Row = {
  id: 'F14',
  title: 'poison in a batch: operators, nesting, sizes, types, bytes',
  targetMs: TARGET_MS,
  run: (context) => withWorld({}, (world) => run(world, context)),
};

async function run(world: World, { random, isShort, note }: RowContext): Promise<RowResult> {
  const node = await world.startNode();
  const { clients } = await busyChats(world, [node], { customers: 6, admins: 2 });
  const person = await world.signIn(node, 'user');
  const { id } = await new RestApi(node.url, person.token).ownChat();
  const traffic = new Traffic(random, 60);
  traffic.begin(clients);
  const failures: string[] = [];
  let tried = 0;
  for (let round = 0; round < (isShort ? 1 : 10); round++) {
    const found = await Promise.all([
      bySocket(node, person, id),
      byRest(node, person, id),
      byFrames(node, person),
      byDatabase(world, node, person, id),
    ]);
    for (const { count, wrong } of found) {
      tried += count;
      failures.push(...wrong);
    }
  }
  await traffic.end();
  note(`${tried} poisoned inputs`);
  const evidence = { uri: world.database.uri, clients };
  const { verdict, recoveredMs } = await recovered(evidence, TARGET_MS * DEADLINE_FACTOR);
  return { ...verdict, failures: [...failures, ...verdict.failures], recoveredMs };
}

/** What was tried, and what of it was not refused as it should be. */
interface Finding {
  count: number;
  wrong: string[];
}

async function bySocket(node: ApiProcess, { token }: Person, chatId: string): Promise<Finding> {
  const wrong: string[] = [];
  const socket = rawSocket(node);
  socket.send(`40${JSON.stringify({ token })}`);
  await until('Connected', ANSWER_WAIT_MS, () => socket.text.includes('40{"sid"'));
  const events = [
    ...poisonedPayloads(chatId).map((payload) => ['send_message', payload] as const),
    ...poisonedEvents(chatId),
  ];
  for (const [index, [event, payload]] of events.entries()) {
    const ack = 1_000 + index;
    socket.send(`42${ack}["${event}",${payload}]`);
    const said = `${event} ${payload.slice(0, 80)}`;
    const answered = until(
      'Answered',
      ANSWER_WAIT_MS,
      () => socket.text.includes(`43${ack}[`) || socket.isClosed,
    );
    await answered.catch(() => wrong.push(`no answer to ${said}`));
    const code = new RegExp(`43${ack}\\[\\{"ok":false,"error":\\{"code":"(\\w+)"`).exec(socket.text)?.[1];
    if (code === undefined || !CLEAR.has(code)) wrong.push(`${code ?? 'accepted'}: ${said}`);
    if (socket.isClosed) break;
  }
  if (socket.isClosed) wrong.push('the connection of somebody with wrong payloads was ended');
  socket.destroy();
  return { count: events.length, wrong };
}

async function byRest(node: ApiProcess, { token }: Person, chatId: string): Promise<Finding> {
  const wrong: string[] = [];
  const rest = new RestApi(node.url, token);
  const bodies: (string | Uint8Array<ArrayBuffer>)[] = [
    ...poisonedPayloads(chatId).map((payload) => payload.replace(`"chatId":"${chatId}",`, '')),
    '{"message":',
    `{"message":"${'x'.repeat(1_048_576)}"}`,
    new Uint8Array([...Buffer.from('{"message":"'), 0xc3, 0x28, 0xff, ...Buffer.from('"}')]),
  ];
  for (const body of bodies) {
    const { status, body: answer } = await rest.post(apiPaths.userMessages(chatId), body);
    const code = typeof answer === 'object' && answer !== null && 'code' in answer ? String(answer.code) : '';
    if (status >= 500 || !CLEAR.has(code)) wrong.push(`${status} ${code}: ${String(body).slice(0, 80)}`);
  }
  return { count: bodies.length, wrong };
}

/** Each on a connection of its own, which may end: the others' must not. */
async function byFrames(node: ApiProcess, { token }: Person): Promise<Finding> {
  const frames = poisonedFrames();
  for (const frame of frames) {
    const socket = rawSocket(node);
    socket.send(`40${JSON.stringify({ token })}`);
    await until('Connected', ANSWER_WAIT_MS, () => socket.text.includes('40{"sid"'));
    socket.send(frame);
    // An answer behind it, or the end of this connection: then it was taken.
    socket.send('4277["leave_chat",{"chatId":"0123456789abcdef01234567"}]');
    await until(
      `An answer behind ${frame.toString('latin1').slice(0, 40)}`,
      ANSWER_WAIT_MS,
      () => socket.isClosed || socket.text.includes('4377['),
    );
    socket.destroy();
  }
  return { count: frames.length, wrong: [] };
}

/** The database refuses one entry in the middle of what others write. */
async function byDatabase(
  world: World,
  node: ApiProcess,
  { token }: Person,
  chatId: string,
): Promise<Finding> {
  const wrong: string[] = [];
  const client = await mongo.MongoClient.connect(world.database.uri);
  const refused = { $jsonSchema: { properties: { message: { not: { enum: [REFUSED_BY_DATABASE] } } } } };
  await client.db().command({ collMod: 'messages', validator: refused });
  const connection = new ChatConnection({
    url: node.url,
    token,
    ackTimeoutMs: ANSWER_WAIT_MS,
    longestPauseMs: 1_000,
  });
  connection.open();
  await until('Connected', ANSWER_WAIT_MS, () => connection.socket.connected);
  const tries = 20;
  for (let number = 0; number < tries; number++) {
    const clientMessageId = randomUUID();
    const answer = await connection
      .ask('send_message', { chatId, message: REFUSED_BY_DATABASE, clientMessageId })
      .then(() => 'stored')
      .catch((error: unknown) => (error instanceof Refused ? error.body.code : 'unanswered'));
    if (answer !== 'internal_error') wrong.push(`${answer}: what the database refuses`);
  }
  connection.close();
  await client.db().command({ collMod: 'messages', validator: {} });
  await client.close();
  return { count: tries, wrong };
}

function rawSocket(node: ApiProcess): RawWebSocket {
  return new RawWebSocket('127.0.0.1', node.port, `${SOCKET_PATH}/?EIO=4&transport=websocket`);
}
