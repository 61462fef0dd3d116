import type { MessageDto, ReadReceiptDto, SideNumbersDto } from '@elite-chat/contracts';

import type { ThreadMessage } from './thread-message';

/** The further of two read marks of each side: marks never go back. */
export function furtherMarks(one: SideNumbersDto, other: SideNumbersDto): SideNumbersDto {
  if (other.user <= one.user && other.admin <= one.admin) return one;
  return { user: Math.max(one.user, other.user), admin: Math.max(one.admin, other.admin) };
}

/** The messages that a receipt makes read, as they are now. */
export function readMessages(
  messages: readonly ThreadMessage[],
  receipt: Pick<ReadReceiptDto, 'reader' | 'seq' | 'readAt'>,
): ThreadMessage[] {
  const read: ThreadMessage[] = [];
  for (const row of messages) {
    if (row.status !== 'sent' || row.message.isRead || !isReadBy(row.message, receipt)) continue;
    read.push({ ...row, message: { ...row.message, isRead: true, readAt: receipt.readAt } });
  }
  return read;
}

function isReadBy(message: MessageDto, { reader, seq }: Pick<ReadReceiptDto, 'reader' | 'seq'>): boolean {
  return message.seq <= seq && message.senderRole === (reader === 'admin' ? 'user' : 'admin');
}
