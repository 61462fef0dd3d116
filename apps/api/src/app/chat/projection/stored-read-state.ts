import { CHAT_SIDES, type ChatSide } from '@elite-chat/contracts';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, Types } from 'mongoose';

import { writeTogether } from '../../database/write-together';
import { LogReader, WINDOW } from '../log/log-reader';
import { Chat } from '../schemas/chat.schema';
import { Message } from '../schemas/message.schema';
import { readerOf, readTime } from './read-times';

/**
 * Brings `isRead` and `readAt` of the stored messages up to the read marks, one window at a time,
 * for whoever reads the collection; our own answers derive them from the marks.
 */
@Injectable()
export class StoredReadState implements BeforeApplicationShutdown {
  private readonly logger = new Logger(StoredReadState.name);
  private readonly behind = new Set<string>();
  private working: Promise<void> | null = null;
  private isStopping = false;

  constructor(
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly reader: LogReader,
  ) {}

  /** Notes that a mark of the chat has moved. */
  bringUp(chatId: Types.ObjectId): void {
    if (this.isStopping) return;
    this.behind.add(chatId.toHexString());
    this.working ??= this.work();
  }

  /** Resolves when everything noted is written. */
  async settled(): Promise<void> {
    await this.working;
  }

  /** After the log has drained: what it commits to the last is still followed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.working;
  }

  private async work(): Promise<void> {
    // Lets the caller answer first.
    await new Promise((resolve) => setImmediate(resolve));
    for (const id of this.behind) {
      this.behind.delete(id);
      try {
        for (const side of CHAT_SIDES) await this.bringUpSide(new Types.ObjectId(id), side);
      } catch (error) {
        // The repair finds the chat again, because its mark is ahead of what is stored.
        this.logger.warn({ err: error, chat: id }, 'The stored read state was not brought up to the mark.');
      }
    }
    this.working = null;
  }

  private async bringUpSide(chatId: Types.ObjectId, side: ChatSide): Promise<void> {
    while (!this.isStopping) {
      const chat = await this.chats.findById(chatId).lean<Chat>();
      const mark = chat?.readMarks[side];
      if (!chat || !mark || mark.storedSeq >= mark.seq) return;
      const upTo = Math.min(mark.storedSeq + WINDOW, mark.seq);
      const entries = await this.reader.entries(chatId, 'thread', mark.storedSeq, upTo);
      const writes = entries
        .filter((entry) => !entry.isRead && readerOf(entry.senderRole) === side)
        .map((entry) => ({
          updateOne: {
            filter: { _id: entry._id },
            update: { $set: { isRead: true, readAt: readTime(entry, chat.readMarks) } },
          },
        }));
      await writeTogether(this.messages, writes);
      await this.chats.collection.updateOne(
        { _id: chatId },
        { $max: { [`readMarks.${side}.storedSeq`]: upTo } },
      );
    }
  }
}
