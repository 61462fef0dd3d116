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
  return {
    ...chat,
    lastSeq: message.seq,
    lastMessage: truncateText(message.message, LAST_MESSAGE_CHARACTERS_MAX),
    lastMessageTime: message.createdAt,
    lastSender: { id, name: name ?? '', role },
    unreadCount: { ...chat.unreadCount, [reader]: chat.unreadCount[reader] + 1 },
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

/** The chat after a reading; unchanged when the mark stands there or further. */
export function withReceipt(chat: ChatDto, receipt: ReadReceiptDto): ChatDto {
  const { chatId, reader, seq, unreadCount } = receipt;
  if (chatId !== chat.id || seq < chat.readSeq[reader]) return chat;
  if (seq === chat.readSeq[reader] && unreadCount >= chat.unreadCount[reader]) return chat;
  return {
    ...chat,
    readSeq: { ...chat.readSeq, [reader]: seq },
    unreadCount: { ...chat.unreadCount, [reader]: unreadCount },
  };
}
