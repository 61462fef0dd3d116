import type { MessageChangeDto, MessageDto } from '@elite-chat/contracts';
import fc from 'fast-check';
import { ChatRequestError } from '@elite-chat/session';

import { ModelLog } from '../../../test/model-log';
import { ThreadLog } from './thread-log';
import { ThreadPages } from './thread-pages';
import { ThreadSync } from './thread-sync';

/** So many stories of a bad network are told. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 400);

/** So few messages are kept that a short story has more. */
const KEPT = 8;

/** What may happen; `choice` says to which message, packet or request. */
const happening = fc.record({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('write' as const) },
    { weight: 5, arbitrary: fc.constantFrom('change' as const, 'change' as const, 'read' as const) },
    { weight: 12, arbitrary: fc.constantFrom('deliver' as const, 'serve' as const, 'answer' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('repeat' as const, 'lose' as const, 'fail' as const, 'look' as const),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom('older' as const, 'newer' as const, 'end' as const),
    },
    { weight: 1, arbitrary: fc.constant('restore' as const) },
  ),
  choice: fc.nat(30),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** A call on its way: computed when the server gets it, told when the answer arrives. */
interface Call {
  readonly serve: () => void;
  readonly answer: () => void;
  readonly fail: () => void;
}

/** A thread and its server, with everything between them at the spec's will. */
class Line {
  readonly server = new ModelLog();
  readonly log = new ThreadLog(KEPT);
  calls: Call[] = [];
  packets: (() => void)[] = [];
  readonly sync: ThreadSync;
  readonly pages: ThreadPages;

  constructor() {
    const lost = (error: ChatRequestError) => {
      throw error;
    };
    this.sync = new ThreadSync(this.log, {
      join: () => this.call(() => this.server.join()),
      newest: () => this.call(() => this.server.page({})),
      after: (after) => this.call(() => this.server.page({ after })),
      joined: ({ chat }) => {
        if (chat.epoch === this.log.epoch) this.log.raiseMarks(chat.readSeq);
      },
      caughtUp: () => undefined,
      lost,
    });
    this.pages = new ThreadPages(this.log, {
      page: (query) => this.call(() => this.server.page(query)),
      catchUp: () => this.sync.catchUp(),
      synchronize: () => this.sync.synchronize(),
      lost,
    });
  }

  /** Lets one thing happen. */
  tell({ what, choice }: Happening): void {
    const { server, log } = this;
    const acts: Record<Happening['what'], () => void> = {
      write: () => {
        const message = server.write();
        this.broadcast({ seq: message.seq, message }, choice);
      },
      change: () => {
        const change = server.change(choice);
        if (change) this.broadcast(change, choice);
      },
      read: () => {
        const receipt = server.read(choice);
        this.packets.push(() => log.receiveReceipt(receipt));
      },
      deliver: () => this.packets.splice(this.pick(this.packets, choice), 1)[0]?.(),
      repeat: () => this.packets[this.pick(this.packets, choice)]?.(),
      lose: () => void this.packets.splice(this.pick(this.packets, choice), 1),
      serve: () => this.calls[this.pick(this.calls, choice)]?.serve(),
      answer: () => this.calls.splice(this.pick(this.calls, choice), 1)[0]?.answer(),
      fail: () => this.calls.splice(this.pick(this.calls, choice), 1)[0]?.fail(),
      look: () => void this.sync.synchronize(),
      older: () => void this.pages.loadOlder(),
      newer: () => void this.pages.loadNewer(),
      end: () => void this.sync.reload(),
      restore: () => this.restore(choice),
    };
    acts[what]();
  }

  /** The network is well again: what is asked is answered, and the head is looked at as it is twice a minute. */
  async recover(): Promise<void> {
    this.packets = [];
    await this.answerAll();
    void this.sync.synchronize();
    await this.answerAll();
  }

  private async answerAll(): Promise<void> {
    for (let round = 0; round < 200; round++) {
      await settle();
      if (this.calls.length === 0) return;
      this.calls.shift()?.answer();
    }
    throw new Error('It asks for ever.');
  }

  /** A restored server has new connections: what was on its way is gone. */
  private restore(choice: number): void {
    this.packets = [];
    for (const { fail } of this.calls.splice(0)) fail();
    this.server.restore(choice);
    void this.sync.synchronize();
  }

  private broadcast(change: MessageChangeDto, choice: number): void {
    this.packets.push(() => {
      this.log.receiveChange(change);
      this.log.bound(choice % 2 === 0);
      if (this.log.isBehind) void this.sync.catchUp();
    });
  }

  private pick(list: readonly unknown[], choice: number): number {
    return choice % Math.max(1, list.length);
  }

  private call<Answer>(compute: () => Answer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      let answer: Answer | undefined;
      const serve = () => (answer ??= compute());
      this.calls.push({
        serve,
        answer: () => resolve(serve()),
        fail: () => reject(ChatRequestError.network()),
      });
    });
  }
}

/** Lets promises take their course. */
async function settle(): Promise<void> {
  for (let step = 0; step < 20; step++) await Promise.resolve();
}

/** What is shown of messages; when exactly they were read depends on who was told of it. */
const shown = (messages: readonly MessageDto[]) =>
  messages.map(({ seq, message, isRead }) => `${seq} ${message}${isRead ? ', read' : ''}`);

describe('A thread on a bad network', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] }));
  afterEach(() => jest.useRealTimers());

  it('ends as the database has it, whatever was lost, late, doubled, changed or restored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(20),
        fc.array(happening, { maxLength: 80, size: 'max' }),
        async (written, story) => {
          const line = new Line();
          for (let count = 0; count < written; count++) line.server.write();
          void line.sync.reload();
          for (const happens of story) {
            line.tell(happens);
            await settle();
          }
          await line.recover();

          const { log, server } = line;
          const rows = log.messages().flatMap((row) => (row.status === 'sent' ? [row.message] : []));
          const all = server.messages;
          const first = log.hasOlder() ? log.firstSeq : 0;
          const last = log.hasNewer() ? log.lastSeq : server.head;
          expect(shown(rows)).toEqual(shown(all.filter(({ seq }) => seq >= first && seq <= last)));
          expect([log.epoch, log.completeSeq, log.isBehind]).toEqual([
            server.join().chat.epoch,
            server.head,
            false,
          ]);
          line.sync.end();
        },
      ),
      { numRuns: RUNS },
    );
  });
});
