import { type Model, mongo, type Types } from 'mongoose';

import { EMPTY_HEAD, projectedHead } from '../chat/log/log-head';
import { type LogReader } from '../chat/log/log-reader';
import { readTime } from '../chat/projection/read-times';
import { type Chat } from '../chat/schemas/chat.schema';
import { type Lane, LANES, type Message } from '../chat/schemas/message.schema';

/** Entries read at once. */
const WINDOW = 1_000;

/** A chat, and how much of its log belongs to it. */
export interface ChatPicture {
  chat: Chat;
  /** Number of the last entry of each log that belongs to the picture. */
  heads: Record<Lane, number>;
}

/**
 * Reads chats that people write in meanwhile, each with a log that fits.
 *
 * A log's entries become visible in their order, so the entries up to a head that was seen are all
 * there. A change of status or assignee is one transaction with its entry: a chat document and the
 * entries behind it fit, unless one of those is such a change; then the document is read again (as
 * {@link ChatStateLoader} does). A change of a message is one transaction with the message: messages are
 * read after the heads were, so they show every change up to there.
 */
export class ChatPictures {
  constructor(
    private readonly chats: Model<Chat>,
    private readonly messages: Model<Message>,
    private readonly reader: LogReader,
  ) {}

  /** @returns null when there is no such chat any more */
  async take(chatId: Types.ObjectId): Promise<ChatPicture | null> {
    // The staff's entries stand behind entries of the thread: these are looked at later.
    const staff = await this.reader.head(chatId, 'staff', EMPTY_HEAD);
    let known = EMPTY_HEAD;
    for (;;) {
      const chat = await this.chats.findById(chatId).lean<Chat>();
      if (!chat) return null;
      const start = chat.lastSeq > known.seq ? projectedHead(chat) : known;
      const { head, passedSystemEntry } = await this.reader.head(chatId, 'thread', start);
      known = head;
      if (!passedSystemEntry) return { chat, heads: { thread: head.seq, staff: staff.head.seq } };
    }
  }

  /** The entries of a picture as BSON, lane by lane in order. */
  async *entries({ chat, heads }: ChatPicture): AsyncGenerator<Uint8Array, void, undefined> {
    const readByBoth = Math.min(chat.readMarks.user.seq, chat.readMarks.admin.seq);
    for (const lane of LANES) {
      for (let after = 0; after < heads[lane]; after += WINDOW) {
        const upTo = Math.min(after + WINDOW, heads[lane]);
        yield* lane === 'staff' || upTo <= readByBoth
          ? this.window(chat._id, lane, after, upTo)
          : this.windowAsMarked(chat, after, upTo);
      }
    }
  }

  private window(
    chatId: Types.ObjectId,
    lane: Lane,
    after: number,
    upTo: number,
  ): mongo.FindCursor<mongo.WithId<Uint8Array>> {
    return this.messages.collection
      .find<mongo.WithId<Uint8Array>>(
        { chat: chatId, lane, seq: { $gt: after, $lte: upTo } },
        { raw: true, batchSize: WINDOW },
      )
      .sort({ seq: 1 });
  }

  /** A mark that moved since the chat was read has left its trace in the messages. */
  private async *windowAsMarked(chat: Chat, after: number, upTo: number): AsyncGenerator<Uint8Array> {
    for (const entry of await this.reader.entries(chat._id, 'thread', after, upTo)) {
      const isRead = entry.isRead && readTime(entry, chat.readMarks) !== null;
      yield mongo.BSON.serialize({ ...entry, isRead, readAt: isRead ? entry.readAt : null });
    }
  }
}
