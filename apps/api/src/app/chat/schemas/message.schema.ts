import {
  type ChatSide,
  type MessageType,
  MESSAGE_TYPES,
  type SenderRole,
  SENDER_ROLES,
  type SystemEventKind,
} from '@elite-chat/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { SchemaTypes, type Types } from 'mongoose';

import { SideNumbers } from './chat.schema';

/** A chat's two logs: what its customer sees, and what only admins see. */
export const LANES = ['thread', 'staff'] as const;

/** `thread` is seen by the customer and the admins, `staff` by admins only. */
export type Lane = (typeof LANES)[number];

/** What an entry is: a message, or a change of an earlier message. */
export const ENTRY_KINDS = ['message', 'change'] as const;

/** A `change` points to its `target`, which always holds the current state. */
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What happened, in an entry of the system. */
export interface StoredSystemEvent {
  kind: SystemEventKind;
  admin?: { id: string; name: string };
  by?: { id: string; name: string; role: ChatSide };
}

/**
 * One entry of a chat's log. The log is the truth: entries are numbered from 1 without a gap and
 * never moved, renumbered or deleted.
 */
@Schema({ collection: 'messages', versionKey: false })
export class Message {
  _id!: Types.ObjectId;

  @Prop({ type: SchemaTypes.ObjectId, ref: 'Chat', required: true })
  chat!: Types.ObjectId;

  @Prop({ type: String, enum: LANES, required: true })
  lane!: Lane;

  @Prop({ type: Number, required: true })
  seq!: number;

  @Prop({ type: String, enum: ENTRY_KINDS, required: true })
  kind!: EntryKind;

  /** With a change: the message that it changes. */
  @Prop({ type: SchemaTypes.ObjectId, ref: 'Message', default: null })
  target!: Types.ObjectId | null;

  /** With an entry of the staff lane: the thread entry that it follows. */
  @Prop({ type: Number, default: null })
  afterSeq!: number | null;

  /** Null for what the system says. */
  @Prop({ type: SchemaTypes.ObjectId, ref: 'User', default: null })
  sender!: Types.ObjectId | null;

  /** The sender's name at the time of writing. */
  @Prop({ type: String, default: null })
  senderName!: string | null;

  @Prop({ type: String, enum: SENDER_ROLES, required: true })
  senderRole!: SenderRole;

  @Prop({ type: String, required: true })
  message!: string;

  @Prop({ type: String, enum: MESSAGE_TYPES, required: true })
  messageType!: MessageType;

  @Prop({ type: String, required: true })
  clientMessageId!: string;

  @Prop({ type: SchemaTypes.Mixed, default: null })
  system!: StoredSystemEvent | null;

  /** How many messages each side has written in this lane up to and with this entry. */
  @Prop({ type: SchemaFactory.createForClass(SideNumbers), required: true })
  written!: SideNumbers;

  @Prop({ type: Boolean, required: true, default: false })
  isRead!: boolean;

  @Prop({ type: Date, default: null })
  readAt!: Date | null;

  @Prop({ type: Date, required: true })
  createdAt!: Date;

  @Prop({ type: Date, required: true })
  updatedAt!: Date;
}

/** Mongoose schema of {@link Message}. */
export const MessageSchema = SchemaFactory.createForClass(Message);

// "Entries of a lane from … to …": every page, head and catch-up. Unique: it decides which node has a number.
MessageSchema.index({ chat: 1, lane: 1, seq: 1 }, { name: 'place_in_log', unique: true });

// "Is this message stored already?": unique, so that a retry is stored once.
MessageSchema.index({ chat: 1, sender: 1, clientMessageId: 1 }, { name: 'idempotency_key', unique: true });

// "Entries since the repair's checkpoint": a window of createdAt.
MessageSchema.index({ createdAt: 1 }, { name: 'entries_by_time' });
