import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { type MessageDto } from '@elite-chat/contracts';
import fc from 'fast-check';
import { mongo, Types } from 'mongoose';

import { createTestDatabase, type TestDatabase } from '../../../../test/test-database';
import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { ApiError } from '../../errors/api-error';
import { type Message } from '../schemas/message.schema';
import { type ChatNode, startChatNode } from '../testing/chat-node';

/** What happens to one insert of a node. */
type Fault = 'none' | 'slow' | 'failed before' | 'answer lost' | 'dies before' | 'dies after';

/** One message: where it is tried first, and whether it is tried on both nodes at the same time. */
interface Sending {
  node: 0 | 1;
  isImpatient: boolean;
  pauseMs: number;
}

interface Scenario {
  /** By writer: the customer and two admins. */
  writers: Sending[][];
  /** By node, used up from the front. */
  faults: Fault[][];
}

/** Some faults cost a pause before the next try: few of them, or a run takes long. */
const fault = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fault>('none') },
  { weight: 4, arbitrary: fc.constant<Fault>('slow') },
  { weight: 2, arbitrary: fc.constantFrom<Fault>('failed before', 'answer lost') },
  { weight: 1, arbitrary: fc.constantFrom<Fault>('dies before', 'dies after') },
);
const sending = fc.record<Sending>({
  node: fc.constantFrom(0, 1),
  isImpatient: fc.boolean(),
  pauseMs: fc.nat(6),
});
const scenarios = fc.record<Scenario>({
  writers: fc.array(fc.array(sending, { minLength: 1, maxLength: 6 }), { minLength: 3, maxLength: 3 }),
  faults: fc.array(fc.array(fault, { maxLength: 12 }), { minLength: 2, maxLength: 2 }),
});

/** Ends by itself well before the time that the suite gives a test. */
const TIME_MS = 20_000;
const RUNS = 60;

/** Fewer runs than this prove little: also a slow machine must come so far. */
const RUNS_MIN = 5;

/** No way out of an outage may take longer than this many tries. */
const TRIES_MAX = 50;

describe('the append, whatever two nodes do at the same time and however their writes fail', () => {
  let database: TestDatabase;
  let nodes: ChatNode[];
  const dead = new Set<ChatNode>();

  beforeAll(async () => {
    database = await createTestDatabase();
    nodes = [await startChatNode(database.uri), await startChatNode(database.uri)];
  });

  afterAll(async () => {
    jest.restoreAllMocks();
    await Promise.all([...nodes, ...dead].map((node) => node.stop()));
    await database.drop();
  });

  const nodeAt = (index: number): ChatNode => {
    const node = nodes[index];
    if (!node) throw new Error('There are two nodes.');
    return node;
  };

  const inserts = new WeakMap<object, ChatNode['messages']['collection']['insertMany']>();

  /** How a collection really inserts, also when a plan stands before it already. */
  function insertOf(collection: ChatNode['messages']['collection']) {
    const insert = inserts.get(collection) ?? collection.insertMany.bind(collection);
    inserts.set(collection, insert);
    return insert;
  }

  /** Lets the inserts of a node fail by a plan; without one, they succeed. */
  function plan(index: number, faults: Fault[]): void {
    const node = nodeAt(index);
    const { collection } = node.messages;
    const insert = insertOf(collection);
    const lost = () => new mongo.MongoNetworkError('the line broke');
    jest.spyOn(collection, 'insertMany').mockImplementation(async (...args) => {
      // Whoever is dead writes nothing; nobody listens to what it says of that.
      if (dead.has(node)) throw ended();
      switch (faults.shift() ?? 'none') {
        case 'failed before':
          throw lost();
        case 'answer lost':
          await insert(...args);
          throw lost();
        case 'dies before':
          dead.add(node);
          throw ended();
        case 'dies after':
          await insert(...args);
          dead.add(node);
          throw ended();
        case 'slow':
          await pause(8);
          return insert(...args);
        default:
          return insert(...args);
      }
    });
  }

  /** One try; null when it has to be tried again. */
  async function tryOnce(
    index: number,
    author: AuthenticatedUser,
    chatId: string,
    input: { message: string; clientMessageId: string },
  ): Promise<MessageDto | null> {
    const node = nodeAt(index);
    try {
      const { message } = await node.messagesService.send(author, chatId, input);
      if (!dead.has(node)) return message;
    } catch (error) {
      const mayPass = error instanceof ApiError && ['unavailable', 'busy'].includes(error.code);
      if (!dead.has(node) && !mayPass) throw error;
    }
    if (dead.has(node) && nodeAt(index) === node) {
      const successor = await startChatNode(database.uri);
      // Several may have found it dead.
      if (nodeAt(index) === node) nodes[index] = successor;
      else await successor.stop();
    }
    return null;
  }

  /** One writer's messages, each until it is answered: what every client does. */
  async function write(
    author: AuthenticatedUser,
    chatId: string,
    sendings: Sending[],
  ): Promise<MessageDto[]> {
    const acks: MessageDto[] = [];
    for (const [number, { node, isImpatient, pauseMs }] of sendings.entries()) {
      await pause(pauseMs);
      const input = { message: `${author.name} ${number}`, clientMessageId: randomUUID() };
      for (let tries = 0; acks.length === number; tries++) {
        if (tries === TRIES_MAX) throw new Error('It was never answered.');
        const first = (node + tries) % 2;
        const places = isImpatient ? [first, 1 - first] : [first];
        const answers = await Promise.all(places.map((place) => tryOnce(place, author, chatId, input)));
        const told = answers.filter((answer) => answer !== null);
        expect(new Set(told.map(({ id }) => id)).size).toBeLessThanOrEqual(1);
        acks.push(...told.slice(0, 1));
      }
    }
    return acks;
  }

  it(
    'ends without a gap, in order, without a duplicate, and with everything that was acknowledged',
    async () => {
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(scenarios, async ({ writers, faults }) => {
          const starter = nodeAt(0);
          const authors = [
            await starter.signIn('user', 'Cora'),
            await starter.signIn('admin', 'Ada'),
            await starter.signIn('admin', 'Ben'),
          ];
          const [customer] = authors;
          if (!customer) throw new Error('There is a customer.');
          const chatId = (await starter.chatsService.ownActiveChat(customer)).id;
          faults.forEach((planned, index) => plan(index, [...planned]));
          const acks = await Promise.all(
            authors.map((author, index) => write(author, chatId, writers[index] ?? [])),
          );
          const log = await nodeAt(0)
            .messages.find({ chat: new Types.ObjectId(chatId) })
            .sort({ seq: 1 })
            .lean<Message[]>();
          judge(log, authors, acks);
          runs++;
        }),
        { numRuns: RUNS, interruptAfterTimeLimit: TIME_MS },
      );
      expect(runs).toBeGreaterThanOrEqual(RUNS_MIN);
    },
    TIME_MS + 20_000,
  );
});

function judge(log: Message[], authors: AuthenticatedUser[], acks: MessageDto[][]): void {
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  authors.forEach((author, index) => {
    const own = log.filter(({ sender }) => sender?.toHexString() === author.id);
    const acked = acks[index] ?? [];
    expect(own.map(({ message, seq }) => [message, seq])).toEqual(
      acked.map(({ message, seq }) => [message, seq]),
    );
    expect(own.map(({ message }) => message)).toEqual(acked.map((_, number) => `${author.name} ${number}`));
  });
  const assigned = log.filter(({ system }) => system?.kind === 'assigned');
  expect(assigned).toHaveLength(1);
  expect(log).toHaveLength(acks.flat().length + assigned.length);
  const times = log.map(({ createdAt }) => createdAt.getTime());
  expect(times).toEqual([...times].sort((one, other) => one - other));
}

/** A refusal for good, so that a dead node does not go on trying. */
function ended(): Error {
  const refusal = { index: 0, code: 8_000, errmsg: 'this node is dead' };
  return Object.assign(new mongo.MongoServerError(refusal), { writeErrors: [refusal] });
}
