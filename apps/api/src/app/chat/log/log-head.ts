import { LAST_MESSAGE_CHARACTERS_MAX, truncateText } from '@elite-chat/contracts';

import { type Chat, type LastSender, type SideNumbers } from '../schemas/chat.schema';
import { type Message } from '../schemas/message.schema';
import { type LastReplies, withReply } from './last-replies';

/** Where a log stands, and all that is derived from it by walking over its entries in order. */
export interface LogHead {
  /** Number of the newest entry, 0 for an empty log. */
  seq: number;
  /** `createdAt` of that entry. */
  entryAt: Date | null;
  /** How many messages each side has written. */
  written: SideNumbers;
  /** The beginning of the newest message of a person. */
  lastMessage: string | null;
  lastMessageTime: Date | null;
  lastSender: LastSender | null;
  /** Who of the admins has written last, and where. */
  lastReplies: LastReplies;
}

/** The head of a log without entries. */
export const EMPTY_HEAD: LogHead = {
  seq: 0,
  entryAt: null,
  written: { user: 0, admin: 0 },
  lastMessage: null,
  lastMessageTime: null,
  lastSender: null,
  lastReplies: [],
};

/** The head after one more entry; an entry that the head has passed changes nothing. */
export function advanceHead(head: LogHead, entry: Message): LogHead {
  if (entry.seq <= head.seq) return head;
  const further = { ...head, seq: entry.seq, entryAt: entry.createdAt, written: entry.written };
  const lastSender = senderOf(entry);
  if (entry.kind !== 'message' || lastSender === null) return further;
  return {
    ...further,
    lastMessage: truncateText(entry.message, LAST_MESSAGE_CHARACTERS_MAX),
    lastMessageTime: entry.createdAt,
    lastSender,
    lastReplies: withReply(head.lastReplies, entry),
  };
}

/** Null for what the system says. */
function senderOf({ sender, senderName, senderRole }: Message): LastSender | null {
  if (sender === null || senderRole === 'system') return null;
  return { user: sender, name: senderName ?? '', role: senderRole };
}

/** The thread's head as the chat document knows it: never ahead of the log, possibly behind. */
export function projectedHead(chat: Chat): LogHead {
  return {
    seq: chat.lastSeq,
    entryAt: chat.lastEntryAt,
    written: chat.written,
    lastMessage: chat.lastMessage,
    lastMessageTime: chat.lastMessageTime,
    lastSender: chat.lastSender,
    lastReplies: chat.lastReplies ?? [],
  };
}

/** The chat with its derived fields brought up to a head that is further. */
export function withHead(chat: Chat, head: LogHead): Chat {
  if (head.seq <= chat.lastSeq) return chat;
  return {
    ...chat,
    lastSeq: head.seq,
    lastEntryAt: head.entryAt,
    written: head.written,
    lastMessage: head.lastMessage,
    lastMessageTime: head.lastMessageTime,
    lastSender: head.lastSender,
    lastReplies: [...head.lastReplies],
    updatedAt: later(chat.updatedAt, head.entryAt),
  };
}

/** How many messages of the other side each side has not read: a subtraction, never a count. */
export function unreadCounts(chat: Pick<Chat, 'written' | 'readMarks'>): SideNumbers {
  return {
    user: Math.max(0, chat.written.admin - chat.readMarks.user.written.admin),
    admin: Math.max(0, chat.written.user - chat.readMarks.admin.written.user),
  };
}

function later(date: Date, other: Date | null): Date {
  return other && other > date ? other : date;
}
