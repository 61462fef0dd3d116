import {
  type ChatDto,
  LAST_MESSAGE_CHARACTERS_MAX,
  type MessageDto,
  type ReadReceiptDto,
  truncateText,
} from '@elite-chat/contracts';

/** The chat after a message, as the server will describe it; unchanged when it is counted already. */
export function withMessage(chat: ChatDto, message: MessageDto): ChatDto {
  if (message.chat !== chat.id || message.seq <= chat.lastSeq) return chat;
  const { sender: id, senderName: name, senderRole: role } = message;
  if (id === null || role === 'system') return { ...chat, ...stateAfter(message), lastSeq: message.seq };
  const reader = role === 'user' ? 'admin' : 'user';
  const isRead = message.seq <= chat.readSeq[reader];
  return {
    ...chat,
    lastSeq: message.seq,
    lastMessage: truncateText(message.message, LAST_MESSAGE_CHARACTERS_MAX),
    lastMessageTime: message.createdAt,
    lastSender: { id, name: name ?? '', role },
    // The receipt of a reading may come before what was read.
    unreadCount: isRead ? chat.unreadCount : { ...chat.unreadCount, [reader]: chat.unreadCount[reader] + 1 },
  };
}

/** What the system's word changes in the chat, in case nobody tells of that besides. */
function stateAfter({ system }: MessageDto): Partial<ChatDto> {
  switch (system?.kind) {
    case 'assigned':
      return system.admin ? { admin: system.admin } : {};
    case 'unassigned':
      return { admin: null };
    case 'closed':
      return { isActive: false };
    case 'reopened':
      return { isActive: true };
    default:
      return {};
  }
}

/**
 * The chat after a reading, with the most that can be unread; unchanged when the mark stands there or further.
 * {@link isInDoubtAfter} says whether it may be less.
 */
export function withReceipt(chat: ChatDto, receipt: ReadReceiptDto): ChatDto {
  const { chatId, reader, seq } = receipt;
  if (chatId !== chat.id || seq < chat.readSeq[reader]) return chat;
  const { most } = unreadAfter(chat, receipt);
  if (seq === chat.readSeq[reader] && most >= chat.unreadCount[reader]) return chat;
  return {
    ...chat,
    readSeq: { ...chat.readSeq, [reader]: seq },
    unreadCount: { ...chat.unreadCount, [reader]: most },
  };
}

/** Whether only the server can say how much of a row is unread after a receipt: it was counted at another entry. */
export function isInDoubtAfter(chat: ChatDto, receipt: ReadReceiptDto): boolean {
  if (receipt.chatId !== chat.id || receipt.seq <= chat.readSeq[receipt.reader]) return false;
  const { least, most } = unreadAfter(chat, receipt);
  return least < most;
}

/** Entries that one of the two knows and the other doesn't may be messages of either side, or of the system. */
function unreadAfter(
  chat: ChatDto,
  { reader, unreadCount, lastSeq }: ReadReceiptDto,
): { least: number; most: number } {
  if (lastSeq === chat.lastSeq) return { least: unreadCount, most: unreadCount };
  const newer = Math.max(0, chat.lastSeq - lastSeq);
  const notHeard = Math.max(0, lastSeq - chat.lastSeq);
  return {
    least: Math.max(0, unreadCount - notHeard),
    most: Math.min(chat.unreadCount[reader], unreadCount + newer),
  };
}
