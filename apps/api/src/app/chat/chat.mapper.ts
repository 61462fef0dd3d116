import {
  type ChatAdminDto,
  type ChatDto,
  type ChatSide,
  type LastSenderDto,
  type MessageDto,
  type ReadReceiptDto,
} from '@elite-chat/contracts';

import { type Person } from '../users/user-directory.service';
import { unreadCounts } from './log/log-head';
import { readTime } from './projection/read-times';
import { type Chat, type LastSender, type ReadMarks } from './schemas/chat.schema';
import { type Message } from './schemas/message.schema';

/** People of the chats that are mapped, by id. */
export type People = ReadonlyMap<string, Person>;

/** The name of somebody whose account is gone. */
const FORMER_PERSON = 'Former user';

/** A chat as its customer sees it: only what is listed here ever leaves, whatever the document holds. */
export function toCustomerChat(chat: Chat, people: People, epoch: string): ChatDto {
  const customer = people.get(chat.user.toHexString());
  return {
    id: chat._id.toHexString(),
    user: {
      id: chat.user.toHexString(),
      name: customer?.name ?? FORMER_PERSON,
      email: customer?.email ?? '',
    },
    admin: chat.admin && toAdmin(chat.admin.toHexString(), people),
    isActive: chat.isActive,
    lastMessage: chat.lastMessage,
    lastMessageTime: chat.lastMessageTime?.toISOString() ?? null,
    lastSender: chat.lastSender ? toLastSender(chat.lastSender) : null,
    unreadCount: unreadCounts(chat),
    lastSeq: chat.lastSeq,
    readSeq: { user: chat.readMarks.user.seq, admin: chat.readMarks.admin.seq },
    epoch,
    createdAt: chat.createdAt.toISOString(),
    updatedAt: chat.updatedAt.toISOString(),
  };
}

/** A chat as admins see it. */
export function toAdminChat(chat: Chat, people: People, epoch: string): ChatDto {
  return toCustomerChat(chat, people, epoch);
}

/** A message as both sides see it; read state derived from the marks. */
export function toMessage(entry: Message, marks: ReadMarks): MessageDto {
  const readAt = readTime(entry, marks);
  return {
    id: entry._id.toHexString(),
    chat: entry.chat.toHexString(),
    seq: entry.seq,
    sender: entry.sender?.toHexString() ?? null,
    senderName: entry.senderName,
    senderRole: entry.senderRole,
    message: entry.message,
    messageType: entry.messageType,
    clientMessageId: entry.clientMessageId,
    isRead: readAt !== null,
    readAt: readAt?.toISOString() ?? null,
    ...(entry.system && { system: entry.system }),
    createdAt: entry.createdAt.toISOString(),
    updatedAt: entry.updatedAt.toISOString(),
  };
}

/** How far one side has read. */
export function toReadReceipt(chat: Chat, reader: ChatSide): ReadReceiptDto {
  const mark = chat.readMarks[reader];
  return {
    chatId: chat._id.toHexString(),
    reader,
    seq: mark.seq,
    readAt: mark.moves.at(-1)?.at.toISOString() ?? null,
    unreadCount: unreadCounts(chat)[reader],
    lastSeq: chat.lastSeq,
  };
}

function toLastSender({ user, name, role }: LastSender): LastSenderDto {
  return { id: user.toHexString(), name, role };
}

function toAdmin(id: string, people: People): ChatAdminDto {
  return { id, name: people.get(id)?.name ?? FORMER_PERSON };
}
