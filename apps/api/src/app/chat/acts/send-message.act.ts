import { randomUUID } from 'node:crypto';

import { normalizeMessageText, type MessageType, type SendMessageDto } from '@elite-chat/contracts';
import { Types } from 'mongoose';

import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { ApiError } from '../../errors/api-error';
import { lastReplyOfOthers } from '../log/last-replies';
import { type ActPlan, type ChatState, type EntryDraft, isChanged, type LogAct } from '../log/log-act';
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

  /** The last entry that its author had seen; null: whatever was answered since, it is to be sent. */
  readonly basedOnSeq: number | null;

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
    this.basedOnSeq = input.basedOnSeq ?? null;
  }

  /** What has been changed since can't be compared: a late retry is answered with it. */
  isSameAs(stored: Message): boolean {
    return isChanged(stored) || this.writes(stored);
  }

  /** One that is sent whatever was answered doesn't share the refusal of one that is not. */
  repeats(other: LogAct): boolean {
    return other instanceof SendMessageAct && this.writes(other) && this.basedOnSeq === other.basedOnSeq;
  }

  /** @throws ApiError `stale_reply` when another admin has answered since the entry that it is based on */
  plan(state: ChatState): ActPlan {
    this.requireNotOvertaken(state);
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

  private writes({ message, messageType }: Pick<Message, 'message' | 'messageType'>): boolean {
    return message === this.message && messageType === this.messageType;
  }

  private requireNotOvertaken({ head }: ChatState): void {
    if (this.basedOnSeq === null) return;
    if (lastReplyOfOthers(head.lastReplies, this.sender) <= this.basedOnSeq) return;
    throw new ApiError('stale_reply', 'Another admin has answered since the entry of basedOnSeq.');
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
