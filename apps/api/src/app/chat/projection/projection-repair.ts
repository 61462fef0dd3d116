import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { type Connection, type Model, type Types } from 'mongoose';
import { Subject } from 'rxjs';

import { projectedHead } from '../log/log-head';
import { LogReader } from '../log/log-reader';
import { ChatCounting } from '../overview/chat-counting';
import { Chat } from '../schemas/chat.schema';
import { Message } from '../schemas/message.schema';
import { ChatProjection } from './chat-projection';
import { StoredReadState } from './stored-read-state';

/** How often each node looks, in milliseconds. */
const INTERVAL_MS = 60_000;

/** What a node may have committed and not yet projected, with clocks that differ, in milliseconds. */
const OVERLAP_MS = 120_000;

/** Time that one query looks at, in milliseconds; grows while nothing happened, as after a long stop. */
const STEP_MS = 60_000;
const STEP_MAX_MS = 86_400_000;

/** Chats mended before the checkpoint is written. */
const CHATS_PER_STEP_MAX = 2_000;

/** The checkpoint's document in the `system` collection. */
interface RepairCheckpoint {
  _id: 'projection-repair';
  at: Date;
}

/**
 * Finds chats whose documents are behind their logs since a stored checkpoint (less two minutes) and
 * mends them; so a crash between commit and projection heals without anybody opening the chat.
 */
@Injectable()
export class ProjectionRepair implements OnApplicationBootstrap, OnModuleDestroy {
  /** Chats whose documents were behind, now mended: a node has died before it told of their newest entries. */
  readonly mended = new Subject<readonly Types.ObjectId[]>();

  private readonly logger = new Logger(ProjectionRepair.name);
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private isStopping = false;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly reader: LogReader,
    private readonly projection: ChatProjection,
    private readonly storedReadState: StoredReadState,
    private readonly counting: ChatCounting,
  ) {}

  onApplicationBootstrap(): void {
    this.start();
    this.timer = setInterval(() => this.start(), INTERVAL_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Mends everything since the checkpoint; one at a time. */
  async run(): Promise<void> {
    const until = new Date();
    const checkpoint = await this.checkpoints().findOne({ _id: 'projection-repair' });
    // Without a checkpoint the database is new: nothing can be behind yet.
    const since = checkpoint ? checkpoint.at.getTime() - OVERLAP_MS : until.getTime();
    if (!checkpoint) await this.writeCheckpoint(until);
    let step = STEP_MS;
    for (let from = since; from < until.getTime() && !this.isStopping;) {
      const upTo = new Date(Math.min(from + step, until.getTime()));
      const looked = await this.mend(new Date(from), upTo);
      await this.writeCheckpoint(upTo);
      from = upTo.getTime();
      step = looked === 0 ? Math.min(step * 2, STEP_MAX_MS) : STEP_MS;
    }
  }

  private start(): void {
    this.running ??= this.run()
      .catch((error: unknown) =>
        this.logger.warn({ err: error }, 'The repair did not finish; it goes on next time.'),
      )
      .finally(() => {
        this.running = null;
      });
  }

  /** @returns how many chats were looked at */
  private async mend(from: Date, upTo: Date): Promise<number> {
    const window = { $gte: from, $lte: upTo };
    const [written, changed] = await Promise.all([
      this.messages.find({ createdAt: window }, { chat: 1 }).lean<Pick<Message, 'chat'>[]>(),
      this.chats.find({ updatedAt: window }, { _id: 1 }).lean<Pick<Chat, '_id'>[]>(),
    ]);
    const ids = new Map<string, Types.ObjectId>();
    for (const { chat } of written) ids.set(chat.toHexString(), chat);
    for (const { _id } of changed) ids.set(_id.toHexString(), _id);
    const list = [...ids.values()];
    for (let start = 0; start < list.length && !this.isStopping; start += CHATS_PER_STEP_MAX) {
      const chats = await this.chats
        .find({ _id: { $in: list.slice(start, start + CHATS_PER_STEP_MAX) } })
        .lean<Chat[]>();
      const mended: Types.ObjectId[] = [];
      for (const chat of chats) if (await this.mendChat(chat)) mended.push(chat._id);
      await this.projection.flush();
      if (mended.length > 0) this.mended.next(mended);
    }
    await this.counting.flush();
    await this.storedReadState.settled();
    return list.length;
  }

  /** @returns whether the document was behind its log */
  private async mendChat(chat: Chat): Promise<boolean> {
    const known = projectedHead(chat);
    const { head } = await this.reader.head(chat._id, 'thread', known);
    const isBehind = head.seq > known.seq;
    if (isBehind) this.projection.bringUp(chat._id, head);
    this.counting.noteIfChanged(chat);
    const { user, admin } = chat.readMarks;
    if (user.storedSeq < user.seq || admin.storedSeq < admin.seq) this.storedReadState.bringUp(chat._id);
    return isBehind;
  }

  private async writeCheckpoint(at: Date): Promise<void> {
    await this.checkpoints().updateOne({ _id: 'projection-repair' }, { $max: { at } }, { upsert: true });
  }

  private checkpoints() {
    return this.connection.collection<RepairCheckpoint>('system');
  }
}
