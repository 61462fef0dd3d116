import { type ChatSide, type MarkReadDto, type ReadReceiptDto } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, type mongo, Types } from 'mongoose';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { ChatAccess, sideOf } from './chat-access.service';
import { ChatBroadcaster } from './chat.broadcaster';
import { toReadReceipt } from './chat.mapper';
import { projectedHead, withHead } from './log/log-head';
import { LogReader } from './log/log-reader';
import { ChatCounting } from './overview/chat-counting';
import { DERIVED_FIELDS } from './projection/head-update';
import { StoredReadState } from './projection/stored-read-state';
import { Chat, type SideNumbers } from './schemas/chat.schema';

/** Moves of a mark whose times are kept. */
const MOVES_KEPT = 64;

/** How far each side has read. */
@Injectable()
export class ReadMarksService {
  constructor(
    @InjectModel(Chat.name) private readonly chats: Model<Chat>,
    private readonly access: ChatAccess,
    private readonly reader: LogReader,
    private readonly storedReadState: StoredReadState,
    private readonly counting: ChatCounting,
    private readonly broadcaster: ChatBroadcaster,
  ) {}

  /**
   * The caller's side has read up to `seq` (default and at most: the last). A mark never moves back.
   * That of the admins moves by the assigned admin, or by any while nobody is assigned: one who only
   * looks clears nobody's badge. Writes one document, however many messages were unread.
   */
  async markRead(user: AuthenticatedUser, chatId: string, input: MarkReadDto): Promise<ReadReceiptDto> {
    const before = await this.access.requireAccess(user, chatId);
    const side = sideOf(user);
    const { head } = await this.reader.head(before._id, 'thread', projectedHead(before));
    const seq = Math.min(input.seq ?? head.seq, head.seq);
    if (seq <= before.readMarks[side].seq) return toReadReceipt(withHead(before, head), side);
    const written = seq === head.seq ? head.written : await this.writtenAt(before._id, seq);
    await this.chats.collection.updateOne(
      { _id: before._id },
      moveMark(side, { seq, written, at: new Date(), by: new Types.ObjectId(user.id) }),
    );
    const after = await this.access.requireAccess(user, chatId);
    const receipt = toReadReceipt(withHead(after, head), side);
    if (receipt.seq > before.readMarks[side].seq) {
      this.storedReadState.bringUp(before._id);
      this.counting.note([before._id]);
      this.broadcaster.messagesRead(receipt);
    }
    return receipt;
  }

  private async writtenAt(chatId: Types.ObjectId, seq: number): Promise<SideNumbers> {
    const entry = await this.reader.entry(chatId, 'thread', seq);
    return entry?.written ?? { user: 0, admin: 0 };
  }
}

/** Judged by the update itself: between a read and a write another call may move the mark or the assignee. */
function moveMark(
  side: ChatSide,
  move: { seq: number; written: SideNumbers; at: Date; by: Types.ObjectId },
): mongo.Document[] {
  const mark = `readMarks.${side}`;
  const isForward = { $lt: [`$${mark}.seq`, move.seq] };
  const isAllowed = side === 'user' ? true : { $in: ['$admin', [null, move.by]] };
  const moves = { $and: [isForward, isAllowed] };
  const whenMoving = (field: string, value: unknown) => ({ $cond: [moves, value, `$${field}`] });
  return [
    {
      $set: {
        [`${mark}.seq`]: whenMoving(`${mark}.seq`, move.seq),
        [`${mark}.written`]: whenMoving(`${mark}.written`, { $literal: move.written }),
        [`${mark}.moves`]: whenMoving(`${mark}.moves`, {
          $slice: [{ $concatArrays: [`$${mark}.moves`, [{ seq: move.seq, at: move.at }]] }, -MOVES_KEPT],
        }),
        updatedAt: whenMoving('updatedAt', { $max: ['$updatedAt', move.at] }),
      },
    },
    ...DERIVED_FIELDS,
  ];
}
