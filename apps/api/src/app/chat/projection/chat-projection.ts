import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, Types } from 'mongoose';
import { Subject, type Subscription } from 'rxjs';

import { type LogHead } from '../log/log-head';
import { MessageLog } from '../log/message-log';
import { Chat } from '../schemas/chat.schema';
import { writeHeads } from './write-heads';

/** Heads are gathered this long before they are written, in milliseconds … */
const COALESCE_MS = 100;

/** … and this many times as long as the last write took: under load the database's time belongs to the messages. */
const COALESCE_FACTOR = 4;

/** Pause before heads that could not be written are tried again, in milliseconds. */
const RETRY_MS = 1_000;

/** A head that a chat document has to come up to. */
interface NotedHead {
  head: LogHead;
  /** When the document fell behind, by `performance.now()`. */
  since: number;
}

/**
 * Brings chat documents up to the heads of their logs, after the fact. What is lost here in a crash
 * is mended by the repair.
 */
@Injectable()
export class ChatProjection implements OnModuleInit, BeforeApplicationShutdown {
  /** The chats that were brought up, after each write. */
  readonly broughtUp = new Subject<Types.ObjectId[]>();

  private readonly logger = new Logger(ChatProjection.name);
  private readonly noted = new Map<string, NotedHead>();
  /** What is being written; what is noted meanwhile has its turn after it. */
  private inFlight: ReadonlyMap<string, NotedHead> = new Map();
  private subscription: Subscription | null = null;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();
  private lastWriteMs = 0;

  constructor(
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    private readonly log: MessageLog,
  ) {}

  onModuleInit(): void {
    this.subscription = this.log.commits.subscribe(({ lane, state }) => {
      if (lane === 'thread') this.bringUp(state.chatId, state.head);
    });
  }

  /** After the log has drained: what it commits to the last is still followed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.subscription?.unsubscribe();
    await this.flush();
  }

  /** Notes that a chat document has to come up to a head; several of one chat are written once. */
  bringUp(chatId: Types.ObjectId, head: LogHead): void {
    this.note(chatId.toHexString(), { head, since: performance.now() });
    this.schedule(Math.max(COALESCE_MS, COALESCE_FACTOR * this.lastWriteMs));
  }

  /** How many chat documents are to come up to their heads, or are just being written. */
  countBehind(): number {
    return new Set([...this.noted.keys(), ...this.inFlight.keys()]).size;
  }

  /** How long the document has been behind that has been so longest, in milliseconds; 0: none is. */
  lagMs(): number {
    let oldest = Infinity;
    for (const { since } of [...this.noted.values(), ...this.inFlight.values()]) {
      oldest = Math.min(oldest, since);
    }
    return Math.max(0, performance.now() - oldest);
  }

  /** Writes what is noted, now. */
  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.writing = this.writing.then(() => this.writeNoted());
    await this.writing;
  }

  private schedule(delay: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, delay);
  }

  private note(id: string, { head, since }: NotedHead): void {
    const noted = this.noted.get(id);
    this.noted.set(id, {
      head: noted && noted.head.seq >= head.seq ? noted.head : head,
      since: Math.min(noted?.since ?? since, since),
    });
  }

  private async writeNoted(): Promise<void> {
    const written = new Map(this.noted);
    if (written.size === 0) return;
    this.noted.clear();
    this.inFlight = written;
    const from = performance.now();
    try {
      await writeHeads(
        this.chats,
        [...written].map(([id, { head }]) => [id, head]),
      );
      this.lastWriteMs = performance.now() - from;
      this.broughtUp.next([...written.keys()].map((id) => new Types.ObjectId(id)));
    } catch (error) {
      this.logger.warn(
        { err: error, chats: written.size },
        'Chats were not brought up to their logs; trying again.',
      );
      if (!this.subscription?.closed) {
        for (const [id, noted] of written) this.note(id, noted);
        this.schedule(RETRY_MS);
      }
    } finally {
      this.inFlight = new Map();
    }
  }
}
