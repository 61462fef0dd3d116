import { randomUUID } from 'node:crypto';

import { type MessageDto } from '@elite-chat/contracts';
import { Types } from 'mongoose';

import { type SentMessage } from './relay';

/** Who sends, in the arms that know nobody. */
export const SENDER = new Types.ObjectId().toHexString();
export const SENDER_NAME = 'Cora Lane';

let seq = 0;

/** The product's message, field by field, so that all arms send the same number of bytes. */
export function messageOf(input: SentMessage, id = new Types.ObjectId().toHexString()): MessageDto {
  const now = new Date().toISOString();
  return {
    id,
    chat: input.chatId,
    seq: ++seq,
    sender: SENDER,
    senderName: SENDER_NAME,
    senderRole: 'user',
    message: input.message,
    messageType: 'text',
    clientMessageId: input.clientMessageId || randomUUID(),
    isRead: false,
    readAt: null,
    createdAt: now,
    updatedAt: now,
  };
}
