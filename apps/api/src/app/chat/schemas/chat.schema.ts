import { CHAT_SIDES, type ChatSide } from '@elite-chat/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { SchemaTypes, type Types } from 'mongoose';

/** One number for each side; of messages written, or unread. */
@Schema({ _id: false })
export class SideNumbers {
  @Prop({ type: Number, required: true, default: 0 })
  user!: number;

  @Prop({ type: Number, required: true, default: 0 })
  admin!: number;
}

/** Who has written a chat's newest message. */
@Schema({ _id: false })
export class LastSender {
  @Prop({ type: SchemaTypes.ObjectId, ref: 'User', required: true })
  user!: Types.ObjectId;

  /** The name at the time of writing. */
  @Prop({ type: String, required: true })
  name!: string;

  @Prop({ type: String, enum: CHAT_SIDES, required: true })
  role!: ChatSide;
}

/** An admin's newest message. */
@Schema({ _id: false })
export class LastReply {
  @Prop({ type: SchemaTypes.ObjectId, ref: 'User', required: true })
  admin!: Types.ObjectId;

  /** The message's number. */
  @Prop({ type: Number, required: true })
  seq!: number;
}

/** One forward move of a read mark. */
@Schema({ _id: false })
export class ReadMove {
  @Prop({ type: Number, required: true })
  seq!: number;

  @Prop({ type: Date, required: true })
  at!: Date;
}

/** How far one side has read. */
@Schema({ _id: false })
export class ReadMark {
  /** The entry at which the mark stands. */
  @Prop({ type: Number, required: true, default: 0 })
  seq!: number;

  /** The entry's {@link Message.written}, as it stood there: unread is the head's numbers less these. */
  @Prop({ type: SchemaFactory.createForClass(SideNumbers), required: true, default: () => ({}) })
  written!: SideNumbers;

  /** The last moves, oldest first: they tell when a message was read. */
  @Prop({ type: [SchemaFactory.createForClass(ReadMove)], required: true, default: [] })
  moves!: ReadMove[];

  /** Up to which entry `isRead` and `readAt` of the stored messages were brought up to the mark. */
  @Prop({ type: Number, required: true, default: 0 })
  storedSeq!: number;
}

/** The read marks of both sides. */
@Schema({ _id: false })
export class ReadMarks {
  @Prop({ type: SchemaFactory.createForClass(ReadMark), required: true, default: () => ({}) })
  user!: ReadMark;

  @Prop({ type: SchemaFactory.createForClass(ReadMark), required: true, default: () => ({}) })
  admin!: ReadMark;
}

/** {@link Chat.openAssignee} of an open chat that is assigned to nobody. */
export const UNASSIGNED = 'unassigned';

/** What the counters hold for a chat; see {@link Counter}. */
@Schema({ _id: false })
export class CountedFigures {
  @Prop({ type: Boolean, required: true })
  open!: boolean;

  @Prop({ type: Boolean, required: true })
  unread!: boolean;

  @Prop({ type: Boolean, required: true })
  waiting!: boolean;

  /** As {@link Chat.openAssignee}; absent where it was counted before that was kept. */
  @Prop({ type: String, default: null })
  openAssignee?: string | null;

  /** Messages of people. */
  @Prop({ type: Number, required: true })
  messages!: number;
}

/**
 * A chat. `user`, `admin`, `isActive` and `readMarks` are its own; all the rest is derived from its
 * log and brought up to date after the fact, guarded by `lastSeq`.
 */
@Schema({ collection: 'chats', versionKey: false })
export class Chat {
  _id!: Types.ObjectId;

  @Prop({ type: SchemaTypes.ObjectId, ref: 'User', required: true })
  user!: Types.ObjectId;

  @Prop({ type: SchemaTypes.ObjectId, ref: 'User', default: null })
  admin!: Types.ObjectId | null;

  @Prop({ type: Boolean, required: true, default: true })
  isActive!: boolean;

  /** The beginning of the newest message of a person. */
  @Prop({ type: String, default: null })
  lastMessage!: string | null;

  @Prop({ type: Date, default: null })
  lastMessageTime!: Date | null;

  @Prop({ type: SchemaFactory.createForClass(LastSender), default: null })
  lastSender!: LastSender | null;

  /**
   * The newest message of an admin, and the newest of any other one; see {@link LastReply}. Absent in a chat
   * to which nothing was written since this is kept: nobody's reply counts as overtaken by what was written before.
   */
  @Prop({ type: [SchemaFactory.createForClass(LastReply)] })
  lastReplies?: LastReply[];

  @Prop({ type: SchemaFactory.createForClass(SideNumbers), required: true, default: () => ({}) })
  unreadCount!: SideNumbers;

  /** The newest entry of the thread that the derived fields know of. */
  @Prop({ type: Number, required: true, default: 0 })
  lastSeq!: number;

  /** `createdAt` of that entry. */
  @Prop({ type: Date, default: null })
  lastEntryAt!: Date | null;

  /** How many messages each side has written up to that entry. */
  @Prop({ type: SchemaFactory.createForClass(SideNumbers), required: true, default: () => ({}) })
  written!: SideNumbers;

  @Prop({ type: SchemaFactory.createForClass(ReadMarks), required: true, default: () => ({}) })
  readMarks!: ReadMarks;

  /** Sort key of lists by time that cannot tie: `<ISO time of the newest message>#<id>`. */
  @Prop({ type: String, required: true })
  activity!: string;

  /** Whether the chat stands in the inbox: it has a message of a person. */
  @Prop({ type: Boolean, required: true, default: false })
  isListed!: boolean;

  /** Whether it is listed and not closed. */
  @Prop({ type: Boolean, required: true, default: false })
  isOpen!: boolean;

  /** Whether it is listed and the admins have not read all of it. */
  @Prop({ type: Boolean, required: true, default: false })
  hasUnread!: boolean;

  /** Whether it is open and the newest message of a person is the customer's. */
  @Prop({ type: Boolean, required: true, default: false })
  isWaiting!: boolean;

  /** While it is open: the id of its admin, or {@link UNASSIGNED}; otherwise null. */
  @Prop({ type: String, default: null })
  openAssignee!: string | null;

  /** What the counters hold for it; absent means nothing. Written together with them only. */
  @Prop({ type: SchemaFactory.createForClass(CountedFigures) })
  counted?: CountedFigures;

  @Prop({ type: Date, required: true })
  createdAt!: Date;

  @Prop({ type: Date, required: true })
  updatedAt!: Date;
}

/** Mongoose schema of {@link Chat}. */
export const ChatSchema = SchemaFactory.createForClass(Chat);

// "All chats of a customer, newest activity first": equality on user, a window of activity.
ChatSchema.index({ user: 1, activity: 1 }, { name: 'chats_of_customer_by_activity' });

// "The inbox, newest activity first": equality on isListed, a window of activity.
ChatSchema.index({ isListed: 1, activity: 1 }, { name: 'inbox_by_activity' });

// "The inbox of open chats, newest activity first": equality on isOpen, a window of activity.
ChatSchema.index({ isOpen: 1, activity: 1 }, { name: 'open_by_activity' });

// "The inbox of unread chats, newest activity first": equality on hasUnread, a window of activity.
ChatSchema.index({ hasUnread: 1, activity: 1 }, { name: 'unread_by_activity' });

// "The inbox of waiting chats, newest activity first": equality on isWaiting, a window of activity.
ChatSchema.index({ isWaiting: 1, activity: 1 }, { name: 'waiting_by_activity' });

// "An admin's open chats", and "the unassigned ones": equality on openAssignee, a window of activity.
ChatSchema.index({ openAssignee: 1, activity: 1 }, { name: 'open_of_assignee_by_activity' });

// "Chats that changed since the repair's checkpoint": a window of updatedAt.
ChatSchema.index({ updatedAt: 1 }, { name: 'chats_by_change' });
