import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { type ChatSide } from '@elite-chat/contracts';
import fc from 'fast-check';
import { Types } from 'mongoose';

import { createTestDatabase, type TestDatabase } from '../../../../test/test-database';
import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { type Chat } from '../schemas/chat.schema';
import { type Message } from '../schemas/message.schema';
import { ChangeMessageAct } from '../testing/change-message.act';
import { type ChatNode, startChatNode } from '../testing/chat-node';
import { type FailingNode, type InsertFault } from '../testing/failing-node';
import { FailingNodes } from '../testing/failing-nodes';
import { freezeClock } from '../testing/frozen-clock';
import {
  nullIfUnavailable,
  RetryingSenders,
  type Sending,
  type Try,
  TRIES_MAX,
} from '../testing/retrying-senders';

// The pauses between tries only cost time here.
jest.mock('node:timers/promises', () => {
  const timers = jest.requireActual<typeof import('node:timers/promises')>('node:timers/promises');
  return { ...timers, setTimeout: (milliseconds: number) => timers.setTimeout(milliseconds / 20) };
});

/** `APPEND_PROPERTY_RUNS=1000` looks for rarer faults, `APPEND_PROPERTY_SEED` repeats the plans of a failure. */
const RUNS = Number(process.env['APPEND_PROPERTY_RUNS'] ?? 25);
const SEED = process.env['APPEND_PROPERTY_SEED'];

/** A run that takes longer hangs, in milliseconds. */
const RUN_TIMEOUT_MS = 20_000;

/** How often, and after which pause in milliseconds, it is looked whether everything was told. */
const TOLD_LOOKS_MAX = 200;
const TOLD_LOOK_PAUSE_MS = 500;

const NODES = 2;
const CHATS = 2;

/** How far the clock is set to and fro, in milliseconds; the repair expects no more than its overlap. */
const CLOCK_OFFSET_MAX_MS = 30_000;

const at = fc.nat(NODES - 1);
const chat = fc.nat(CHATS - 1);
const by = fc.constantFrom('customer', 'admin', 'other admin');

const fault: fc.Arbitrary<InsertFault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('not stored', 'stored in part', 'answer lost') }),
  fc.record({ kind: fc.constant('stored late'), afterMs: fc.nat(80) }),
  fc.record({ kind: fc.constantFrom('dies before', 'dies after') }),
);

const send = fc.record({
  does: fc.constant('send'),
  at,
  chat,
  by,
  /** How far behind what is known of the chat an admin is; null: whatever was answered. */
  behind: fc.option(fc.nat(3)),
  copies: fc.nat(1),
  retryTurn: fc.nat(NODES - 1),
  waitsFor: fc.constantFrom('nothing', 'placed', 'answered'),
});
const fail = fc.record({ does: fc.constant('fail'), at, fault, times: fc.integer({ min: 1, max: 6 }) });
const close = fc.record({ does: fc.constant('close'), at, chat });
const reopen = fc.record({ does: fc.constant('reopen'), at, chat, by });
const read = fc.record({ does: fc.constant('read'), at, chat, by });
const change = fc.record({ does: fc.constant('change'), at, chat, by, which: fc.nat(20) });
const setClock = fc.record({
  does: fc.constant('set clock'),
  offsetMs: fc.integer({ min: -CLOCK_OFFSET_MAX_MS, max: CLOCK_OFFSET_MAX_MS }),
});
const step = fc.oneof(
  { weight: 14, arbitrary: send },
  { weight: 3, arbitrary: fail },
  { weight: 1, arbitrary: close },
  { weight: 1, arbitrary: reopen },
  { weight: 1, arbitrary: read },
  { weight: 3, arbitrary: change },
  { weight: 1, arbitrary: setClock },
);
const plan = fc.array(step, { minLength: 5, maxLength: 60, size: 'max' });
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
type ChangeStep = Extract<Step, { does: 'change' }>;

/** A customer with a chat, and what was sent to it. */
interface Thread {
  chatId: string;
  people: Record<'customer' | 'admin' | 'other admin', AuthenticatedUser>;
  sendings: Sending[];
  changes: Change[];
}

/** A change of a message that was acknowledged. */
interface Change {
  clientMessageId: string;
  seq: number;
  target: Types.ObjectId;
  text: string;
}

describe('the append', () => {
  let database: TestDatabase;
  let nodes: FailingNodes;
  let observer: ChatNode;
  let startedAt: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    nodes = await FailingNodes.start(database.uri, NODES);
    observer = await startChatNode(database.uri);
    // From here on the repair has a checkpoint.
    await observer.repair.run();
    startedAt = Date.now();
    freezeClock(startedAt);
  });

  afterAll(async () => {
    jest.useRealTimers();
    await nodes.stop();
    await observer.stop();
    await database.drop();
  });

  /** A new chat for each run; its admins are the same in all chats of the run. */
  const makeThreads = async (): Promise<Thread[]> => {
    const { chat } = await nodes.node(0);
    const admins = {
      admin: await chat.signIn('admin', 'Ada Moss'),
      'other admin': await chat.signIn('admin', 'Bo Lind'),
    };
    const threads = Array.from({ length: CHATS }, async () => {
      const customer = await chat.signIn('user', 'Cora Lane');
      const { id } = await chat.chatsService.ownActiveChat(customer);
      return { chatId: id, people: { customer, ...admins }, sendings: [], changes: [] };
    });
    return Promise.all(threads);
  };

  /** Changes one of the messages that are stored by now, again and again until that is acknowledged. */
  const changeMessage = async (thread: Thread, index: number, { by, which, at }: ChangeStep) => {
    const { chatId, people } = thread;
    const entries = await observer.reader.entries(new Types.ObjectId(chatId), 'thread', 0, 1_000);
    const stored = entries.filter(({ kind, sender }) => kind === 'message' && sender !== null);
    const target = stored[which % Math.max(1, stored.length)]?._id;
    if (!target) return;
    const text = `change ${index}`;
    const act = new ChangeMessageAct(chatId, people[by], target.toHexString(), text);
    const { clientMessageId } = act;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const node = await nodes.node((at + tries) % NODES);
      const answer = await node.orDeath(node.chat.log.append(act)).catch(nullIfUnavailable);
      const seq = answer?.entries[0]?.seq;
      if (seq === undefined) continue;
      thread.changes.push({ clientMessageId, seq, target, text });
      return;
    }
    throw new Error('A change was never acknowledged.');
  };

  const play = async (steps: readonly Step[], threads: readonly Thread[], senders: RetryingSenders) => {
    const underWay: Promise<unknown>[] = [];
    const begin = (work: Promise<unknown>) => {
      work.catch(() => undefined);
      underWay.push(work);
    };
    for (const [index, step] of steps.entries()) {
      if (step.does === 'set clock') {
        jest.setSystemTime(startedAt + step.offsetMs);
        continue;
      }
      const node = await nodes.node(step.at);
      if (step.does === 'fail') {
        node.fail(step.fault, step.times);
        continue;
      }
      const thread = threads[step.chat];
      if (!thread) throw new Error('There is no such chat.');
      const { chatId, people, sendings } = thread;
      // Whether it was done is not always known, and is seen by what is stored.
      const tried = (act: Promise<unknown>) => begin(node.orDeath(act).catch(() => undefined));
      if (step.does === 'close') tried(node.chat.close(chatId));
      if (step.does === 'reopen') tried(node.chat.chatsService.reopen(people[step.by], chatId));
      if (step.does === 'read') begin(node.chat.readMarks.markRead(people[step.by], chatId, {}));
      if (step.does === 'change') begin(changeMessage(thread, index, step));
      if (step.does !== 'send') continue;
      const clientMessageId = randomUUID();
      const sending = {
        sender: people[step.by],
        chatId,
        message: `message ${index}`,
        clientMessageId,
        ...(step.by !== 'customer' &&
          step.behind !== null && { basedOnSeq: Math.max(0, senders.knownSeq(chatId) - step.behind) }),
      };
      sendings.push(sending);
      const { placed, answered } = senders.send(sending, step.at, step.retryTurn, step.copies === 0);
      begin(answered);
      for (let copy = 1; copy <= step.copies; copy++) {
        begin(senders.send(sending, (step.at + copy) % NODES, step.retryTurn, false).answered);
      }
      if (step.waitsFor === 'placed') await placed;
      if (step.waitsFor === 'answered') await answered;
    }
    await Promise.all(underWay);
  };

  /** Reads as clients do that catch up: none may ever see an entry without those before it. */
  const watch = async (threads: readonly Thread[], isOver: () => boolean) => {
    const { reader } = observer;
    while (!isOver()) {
      for (const { chatId } of threads) {
        const entries = await reader.entries(new Types.ObjectId(chatId), 'thread', 0, 1_000);
        expectNoGap(entries);
      }
    }
  };

  it(
    'stores each message once and in order, whatever fails and whoever dies',
    async () => {
      const property = fc.asyncProperty(plan, async (steps) => {
        const threads = await makeThreads();
        const senders = new RetryingSenders(nodes);
        let isOver = false;
        const watching = watch(threads, () => isOver);
        await play(steps, threads, senders).finally(() => (isOver = true));
        await watching;

        const all = await nodes.healed();
        for (const { chat, isDead } of all) if (!isDead) await chat.projection.flush();
        jest.setSystemTime(startedAt + CLOCK_OFFSET_MAX_MS);
        await observer.repair.run();
        for (const { chatId, sendings, changes } of threads) {
          const entries = await observer.messages.find({ chat: chatId }).sort({ seq: 1 }).lean<Message[]>();
          const document = await observer.chats.findById(chatId).lean<Chat>();
          const tries = senders.tries.filter(({ sending }) => sendings.includes(sending));
          expectNoGap(entries);
          expectEachStoredOnce(entries, sendings, changes);
          expectChanged(entries, sendings, changes);
          await expectAnswersOfStored(entries, tries);
          await expectOrderOfTries(tries);
          expectRunningNumbers(entries);
          await expectNotOvertaken(entries, tries);
          expectTransitions(entries, document);
          expectProjected(entries, document, sendings);
          await expectTold(entries, all);
        }
        await nodes.bury();
      });
      await fc.assert(property, {
        numRuns: RUNS,
        seed: SEED === undefined ? undefined : Number(SEED),
        timeout: RUN_TIMEOUT_MS,
        // A smaller plan of a race need not fail.
        endOnFailure: true,
      });
    },
    RUNS * RUN_TIMEOUT_MS,
  );
});

function expectNoGap(entries: readonly Message[]): void {
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
}

function expectEachStoredOnce(
  entries: readonly Message[],
  sendings: readonly Sending[],
  changes: readonly Change[],
): void {
  const stored = entries.flatMap(({ kind, sender, clientMessageId }) =>
    sender ? [`${kind} ${clientMessageId}`] : [],
  );
  const sent = [
    ...sendings.map(({ clientMessageId }) => `message ${clientMessageId}`),
    ...changes.map(({ clientMessageId }) => `change ${clientMessageId}`),
  ];
  expect(stored.sort()).toEqual(sent.sort());
}

/** Each message has the text of its last change, or that with which it was sent. */
function expectChanged(
  entries: readonly Message[],
  sendings: readonly Sending[],
  changes: readonly Change[],
): void {
  const texts = new Map(sendings.map(({ clientMessageId, message }) => [clientMessageId, message]));
  const inOrder = changes.toSorted((one, other) => one.seq - other.seq);
  const messages = messagesOfPeople(entries);
  expect(messages.map(({ message }) => message)).toEqual(
    messages.map(
      ({ _id, clientMessageId }) =>
        inOrder.findLast(({ target }) => target.equals(_id))?.text ?? texts.get(clientMessageId),
    ),
  );
  expect(inOrder.map(({ seq }) => entries[seq - 1]?.target)).toEqual(inOrder.map(({ target }) => target));
}

function messagesOfPeople(entries: readonly Message[]): Message[] {
  return entries.filter(({ kind, senderRole }) => kind === 'message' && senderRole !== 'system');
}

/** Every answer, of whichever try, names the stored entry; at most one try has stored it. */
async function expectAnswersOfStored(entries: readonly Message[], tries: readonly Try[]): Promise<void> {
  const storedBy = new Set<string>();
  for (const { sending, answer } of tries) {
    const sent = await answer;
    if (!sent || sent === 'stale') continue;
    const { message, isNew } = sent;
    const entry = entries[message.seq - 1];
    expect({ id: entry?._id.toHexString(), clientMessageId: entry?.clientMessageId }).toEqual({
      id: message.id,
      clientMessageId: sending.clientMessageId,
    });
    if (isNew) expect(storedBy).not.toContain(message.id);
    if (isNew) storedBy.add(message.id);
  }
}

/**
 * What one node took of one sender stands in that order, unless another try was faster: of the same message, or
 * of a reply that was then called stale, for whose refusal the next try had to wait.
 */
async function expectOrderOfTries(tries: readonly Try[]): Promise<void> {
  const stale = new Set<Sending>();
  for (const { sending, answer } of tries) if ((await answer) === 'stale') stale.add(sending);
  const last = new Map<string, number>();
  for (const { sending, node, isOnlyOne, answer } of tries) {
    const sent = await answer;
    if (!sent || sent === 'stale') continue;
    if (!isOnlyOne && (!sent.isNew || stale.has(sending))) continue;
    const line = `${node.id} ${sending.sender.id}`;
    expect(sent.message.seq).toBeGreaterThan(last.get(line) ?? 0);
    last.set(line, sent.message.seq);
  }
}

function expectRunningNumbers(entries: readonly Message[]): void {
  const written = { user: 0, admin: 0 };
  let createdAt = 0;
  for (const entry of entries) {
    if (entry.kind === 'message' && entry.senderRole !== 'system') written[entry.senderRole]++;
    expect(entry.written).toEqual(written);
    expect(entry.createdAt.getTime()).toBeGreaterThanOrEqual(createdAt);
    createdAt = entry.createdAt.getTime();
  }
}

/** Between a reply and what it is based on no other admin has written; only such a one is refused. */
async function expectNotOvertaken(entries: readonly Message[], tries: readonly Try[]): Promise<void> {
  for (const { sending, basedOnSeq, answer } of tries) {
    const sent = await answer;
    if (basedOnSeq === undefined || sent === null || (sent !== 'stale' && !sent.isNew)) continue;
    const upTo = sent === 'stale' ? Infinity : sent.message.seq;
    const others = messagesOfPeople(entries).filter(
      ({ seq, sender, senderRole }) =>
        seq > basedOnSeq && seq < upTo && senderRole === 'admin' && !sender?.equals(sending.sender.id),
    );
    expect(others.length > 0).toBe(sent === 'stale');
  }
}

/** What the system says stands beside the message that brought it about. */
function expectTransitions(entries: readonly Message[], chat: Chat | null): void {
  const first = messagesOfPeople(entries).find(({ senderRole }) => senderRole === 'admin');
  const assigned = entries.filter(({ system }) => system?.kind === 'assigned');
  expect(assigned.map(({ seq }) => seq)).toEqual(first ? [first.seq + 1] : []);
  expect(chat?.admin?.toHexString()).toBe(first?.sender?.toHexString());
  let isActive = true;
  for (const { kind, senderRole, system } of entries) {
    // Each changes what it says, and nobody has written to a closed chat.
    const isWritten = kind === 'message' && senderRole !== 'system';
    if (system?.kind === 'closed' || isWritten) expect(isActive).toBe(true);
    if (system?.kind === 'reopened') expect(isActive).toBe(false);
    if (system) isActive = system.kind === 'reopened' || (isActive && system.kind !== 'closed');
  }
  expect(chat?.isActive).toBe(isActive);
}

function expectProjected(entries: readonly Message[], chat: Chat | null, sendings: readonly Sending[]): void {
  const messages = messagesOfPeople(entries);
  const last = messages.at(-1);
  const sent = sendings.find(({ clientMessageId }) => clientMessageId === last?.clientMessageId);
  const unreadOf = (side: ChatSide, writer: ChatSide) =>
    messages.filter(({ senderRole, seq }) => senderRole === writer && seq > (chat?.readMarks[side].seq ?? 0))
      .length;
  // A change of the newest message may have come before its beginning was taken, or after.
  expect([sent?.message ?? null, last?.message ?? null]).toContain(chat?.lastMessage);
  expect(chat).toMatchObject({
    lastSeq: entries.length,
    lastEntryAt: entries.at(-1)?.createdAt ?? null,
    lastMessageTime: last?.createdAt ?? null,
    lastSender: last ? { user: last.sender, role: last.senderRole } : null,
    lastReplies: newestOfEachAdmin(messages).slice(0, 2),
    written: entries.at(-1)?.written ?? { user: 0, admin: 0 },
    unreadCount: { user: unreadOf('user', 'admin'), admin: unreadOf('admin', 'user') },
  });
}

function newestOfEachAdmin(messages: readonly Message[]) {
  const replies = messages.filter(({ senderRole }) => senderRole === 'admin').reverse();
  return replies
    .filter(({ sender }, index) => replies.findIndex((reply) => reply.sender?.equals(sender)) === index)
    .map(({ sender, seq }) => ({ admin: sender, seq }));
}

/**
 * Each was told, by whichever node. What a node did to the chat itself before it died, and nobody tries again,
 * is found by the numbers.
 */
async function expectTold(entries: readonly Message[], nodes: readonly FailingNode[]): Promise<void> {
  const retried = entries.filter(({ system }) => system?.kind !== 'closed' && system?.kind !== 'reopened');
  const untold = () =>
    retried.filter(({ _id }) => !nodes.some(({ told }) => told.has(_id.toHexString()))).map(({ seq }) => seq);
  // What a retry has found is told once the log was read, which may take a moment longer than the answer.
  for (let looks = 0; looks < TOLD_LOOKS_MAX && untold().length > 0; looks++) await pause(TOLD_LOOK_PAUSE_MS);
  expect(untold()).toEqual([]);
}
