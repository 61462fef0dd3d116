import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, Types } from 'mongoose';
import { Subject, type Subscription } from 'rxjs';

import { ChatProjection } from '../projection/chat-projection';
import { Chat } from '../schemas/chat.schema';
import { COUNTED_CHAT_FIELDS, type CountedChat, isCounted } from './chat-figures';
import { CounterWriter, type InboxChange } from './counter-writer';
import { PacedWork } from './paced-work';

/** Chats are counted at most this often, in milliseconds, however much is written in them. */
const INTERVAL_MS = 1_000;

/** Chats of one transaction: more would meet more writes that it has to give way to. */
const CHATS_PER_TRANSACTION = 10;

/** Chats that one query looks at. */
const CHATS_PER_LOOK = 200;

/**
 * Keeps the counters equal to what a count of all chats would find. Whoever has changed a chat notes it
 * here; what is lost in a crash is found by the repair, because the chat tells what is counted of it.
 */
@Injectable()
export class ChatCounting implements OnModuleInit, BeforeApplicationShutdown {
  /** The figures of the inbox that this node has changed, after each change. */
  readonly changes = new Subject<InboxChange>();

  private readonly logger = new Logger(ChatCounting.name);
  private readonly noted = new Set<string>();
  private readonly passes = new PacedWork(() => this.countNoted(), INTERVAL_MS);
  private subscription: Subscription | null = null;

  constructor(
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    private readonly writer: CounterWriter,
    private readonly projection: ChatProjection,
  ) {}

  onModuleInit(): void {
    this.subscription = this.projection.broughtUp.subscribe((ids) => this.note(ids));
  }

  /** After the projection has written the last that the log has committed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
    this.subscription?.unsubscribe();
    await this.passes.stop();
  }

  /** Notes that chats may have changed in what is counted of them. */
  note(ids: readonly Types.ObjectId[]): void {
    for (const id of ids) this.noted.add(id.toHexString());
    if (ids.length > 0) this.passes.request();
  }

  /** Notes a chat, if the counters don't hold it as it is. */
  noteIfChanged(chat: CountedChat): void {
    if (!isCounted(chat)) this.note([chat._id]);
  }

  /** Resolves when the counters hold all that this node has committed, or could not be written. */
  async flush(): Promise<void> {
    await this.projection.flush();
    await this.passes.flush();
  }

  private async countNoted(): Promise<void> {
    const noted = [...this.noted];
    this.noted.clear();
    for (let start = 0; start < noted.length; start += CHATS_PER_LOOK) {
      const ids = noted.slice(start, start + CHATS_PER_LOOK).map((id) => new Types.ObjectId(id));
      try {
        await this.countChanged(ids);
      } catch (error) {
        this.logger.warn({ err: error }, 'Chats were not counted; trying again.');
        this.note(ids);
      }
    }
  }

  private async countChanged(ids: readonly Types.ObjectId[]): Promise<void> {
    const chats = await this.chats.find({ _id: { $in: ids } }, COUNTED_CHAT_FIELDS).lean<CountedChat[]>();
    const changed = chats.filter((chat) => !isCounted(chat)).map(({ _id }) => _id);
    for (let start = 0; start < changed.length; start += CHATS_PER_TRANSACTION) {
      const change = await this.writer.count(changed.slice(start, start + CHATS_PER_TRANSACTION));
      if (change.isShared || change.assignees.length > 0) this.changes.next(change);
    }
  }
}
