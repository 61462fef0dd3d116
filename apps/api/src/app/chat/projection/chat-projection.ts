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

/**
 * Brings chat documents up to the heads of their logs, after the fact. What is lost here in a crash
 * is mended by the repair.
 */
@Injectable()
export class ChatProjection implements OnModuleInit, BeforeApplicationShutdown {
  /** The chats that were brought up, after each write. */
  readonly broughtUp = new Subject<Types.ObjectId[]>();

  private readonly logger = new Logger(ChatProjection.name);
  private readonly behind = new Map<string, LogHead>();
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
    const id = chatId.toHexString();
    const noted = this.behind.get(id);
    if (!noted || head.seq > noted.seq) this.behind.set(id, head);
    this.schedule(Math.max(COALESCE_MS, COALESCE_FACTOR * this.lastWriteMs));
  }

  /** How many chat documents are to come up to their heads. */
  countBehind(): number {
    return this.behind.size;
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

  private async writeNoted(): Promise<void> {
    const heads = [...this.behind];
    if (heads.length === 0) return;
    this.behind.clear();
    const from = performance.now();
    try {
      await writeHeads(this.chats, heads);
      this.lastWriteMs = performance.now() - from;
      this.broughtUp.next(heads.map(([id]) => new Types.ObjectId(id)));
    } catch (error) {
      this.logger.warn(
        { err: error, chats: heads.length },
        'Chats were not brought up to their logs; trying again.',
      );
      if (!this.subscription?.closed) {
        for (const [id, head] of heads) {
          const noted = this.behind.get(id);
          if (!noted || head.seq > noted.seq) this.behind.set(id, head);
        }
        this.schedule(RETRY_MS);
      }
    }
  }
}
