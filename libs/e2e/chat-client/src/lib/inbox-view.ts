import { type ChatDto, type ReadReceiptDto } from '@elite-chat/contracts';

/** What an admin's list shows of each chat; a stale row never wins. */
export class InboxView {
  readonly chats = new Map<string, ChatDto>();

  /** Takes a row from a list, an event or an answer. */
  receive(chat: ChatDto): void {
    const known = this.chats.get(chat.id);
    if (!known || !isOlder(chat, known)) this.chats.set(chat.id, chat);
  }

  /** Takes the move of a read mark. Says whether it leaves in doubt what is unread: it was counted at another entry. */
  receiveReceipt({ chatId, reader, seq, unreadCount, lastSeq }: ReadReceiptDto): boolean {
    const known = this.chats.get(chatId);
    if (!known || seq < known.readSeq[reader]) return false;
    const isSameEntry = known.lastSeq === lastSeq;
    // The most that can be: what lies between may be messages of either side.
    const most = Math.min(known.unreadCount[reader], unreadCount + Math.max(0, known.lastSeq - lastSeq));
    this.chats.set(chatId, {
      ...known,
      readSeq: { ...known.readSeq, [reader]: seq },
      unreadCount: { ...known.unreadCount, [reader]: isSameEntry ? unreadCount : most },
    });
    return !isSameEntry && most > 0;
  }
}

function isOlder(one: ChatDto, other: ChatDto): boolean {
  if (one.epoch !== other.epoch) return false;
  if (one.lastSeq !== other.lastSeq) return one.lastSeq < other.lastSeq;
  const marksOf = ({ readSeq }: ChatDto) => readSeq.user + readSeq.admin;
  if (marksOf(one) !== marksOf(other)) return marksOf(one) < marksOf(other);
  return one.updatedAt < other.updatedAt;
}
