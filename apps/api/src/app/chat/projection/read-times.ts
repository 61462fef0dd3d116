import { type ChatSide, type SenderRole } from '@elite-chat/contracts';

import { type ReadMark, type ReadMarks } from '../schemas/chat.schema';
import { type Message } from '../schemas/message.schema';

/** Whose reading counts for a message: the other side's; the customer's for what the system says. */
export function readerOf(senderRole: SenderRole): ChatSide {
  return senderRole === 'user' ? 'admin' : 'user';
}

/**
 * When a message was read, null while it is not. The stored time wins, because the mark keeps only
 * its last moves; otherwise it is the first kept move that reached the message.
 */
export function readTime(
  entry: Pick<Message, 'seq' | 'senderRole' | 'readAt'>,
  marks: ReadMarks,
): Date | null {
  const mark: ReadMark = marks[readerOf(entry.senderRole)];
  if (entry.seq > mark.seq) return null;
  return entry.readAt ?? mark.moves.find((move) => move.seq >= entry.seq)?.at ?? null;
}

/** The marks of a chat in which nothing was read. */
export const NO_READ_MARKS: ReadMarks = { user: unreadMark(), admin: unreadMark() };

function unreadMark(): ReadMark {
  return { seq: 0, written: { user: 0, admin: 0 }, moves: [], storedSeq: 0 };
}
