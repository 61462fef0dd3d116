import { randomUUID } from 'node:crypto';

import { normalizeMessageText, type MessageType, type SendMessageDto } from '@elite-chat/contracts';
import { Types } from 'mongoose';

import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { type ActPlan, type ChatState, type EntryDraft, type LogAct } from '../log/log-act';
import { type Message } from '../schemas/message.schema';
import { assignedEntry, reopenedEntry } from './system-entry';

/**
 * Somebody writes a message. It reopens a closed chat, and the first admin to answer an unassigned
 * chat becomes its admin: the message and what it brings about are written together or not at all.
 */
export class SendMessageAct implements LogAct {
  readonly lane = 'thread';
  readonly sender: Types.ObjectId;
  readonly clientMessageId: string;

  /** The text as it is stored. */
  readonly message: string;

  readonly messageType: MessageType;

  constructor(
    readonly chatId: Types.ObjectId,
    private readonly author: AuthenticatedUser,
    input: SendMessageDto,
  ) {
    this.sender = new Types.ObjectId(author.id);
    // One UUID may be written in upper or lower case (RFC 9562, section 4).
    this.clientMessageId = input.clientMessageId?.toLowerCase() ?? randomUUID();
    this.message = normalizeMessageText(input.message);
    this.messageType = input.messageType ?? 'text';
  }

  isSameAs(stored: Pick<Message, 'message' | 'messageType'>): boolean {
    return stored.message === this.message && stored.messageType === this.messageType;
  }

  repeats(other: LogAct): boolean {
    return other instanceof SendMessageAct && this.isSameAs(other);
  }

  plan(state: ChatState): ActPlan {
    const reopens = !state.isActive;
    const takesOver = this.author.role === 'admin' && state.adminId === null;
    const entries = [
      ...(reopens ? [reopenedEntry(this.author)] : []),
      this.entry(),
      ...(takesOver ? [assignedEntry(this.author)] : []),
    ];
    if (!reopens && !takesOver) return { entries };
    return {
      entries,
      chatChange: { ...(reopens && { isActive: true }), ...(takesOver && { admin: this.sender }) },
    };
  }

  private entry(): EntryDraft {
    return {
      sender: this.sender,
      senderName: this.author.name,
      senderRole: this.author.role,
      message: this.message,
      messageType: this.messageType,
      clientMessageId: this.clientMessageId,
      system: null,
    };
  }
}
