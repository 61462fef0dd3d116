import type { UserRole } from '../accounts/user.dto';
import type { ChatAdminDto, ChatSide, SideNumbersDto } from '../chats/chat.dto';

/** What a message can hold. */
export const MESSAGE_TYPES = ['text', 'image', 'file'] as const;

/** What a message holds. */
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** The roles of those who write, and `system` for what the chat itself says. */
export const SENDER_ROLES = ['user', 'admin', 'system'] as const;

/** Who has written a message. */
export type SenderRole = UserRole | 'system';

/** What a system message can say. */
export const SYSTEM_EVENT_KINDS = ['assigned', 'unassigned', 'closed', 'reopened'] as const;

/** What a system message says. */
export type SystemEventKind = (typeof SYSTEM_EVENT_KINDS)[number];

/** Who brought about what a system message tells of. */
export class SystemActorDto {
  /**
   * The person's id
   * @example 665f1f77bcf86cd799439012
   */
  id!: string;

  /**
   * The person's name at that time
   * @example "Ada Moss"
   */
  name!: string;

  /** The side on which the person stands */
  role!: ChatSide;
}

/** What happened, for clients to put in the reader's words. */
export class SystemEventDto {
  /**
   * `assigned`: `admin` now answers; `unassigned`: nobody is assigned any more; `closed`; `reopened`: by
   * itself, or by a message that was written to the closed chat
   */
  kind!: SystemEventKind;

  /** The admin it is about; with `assigned` */
  admin?: ChatAdminDto;

  /** Who did it; with `unassigned`, `closed` and `reopened`, but not in entries of earlier versions */
  by?: SystemActorDto;
}

/** One message of a chat's thread. */
export class MessageDto {
  /**
   * Id, 24 hexadecimal digits
   * @example 665f1f77bcf86cd799439014
   */
  id!: string;

  /** The chat's id */
  chat!: string;

  /** Its number in the chat's thread, from 1, without gaps */
  seq!: number;

  /** The sender's id; null for a system message */
  sender!: string | null;

  /**
   * The sender's name at the time of writing; null for a system message
   * @example "Cora Lane"
   */
  senderName!: string | null;

  /** Who has written it */
  senderRole!: SenderRole;

  /**
   * The text, as written; English for a system message
   * @example "Where are my photos?"
   */
  message!: string;

  /** What it holds */
  messageType!: MessageType;

  /** The id that its sender gave it, so that a retry is stored once (UUID) */
  clientMessageId!: string;

  /** Whether the other side has read it */
  isRead!: boolean;

  /** When the other side has read it (ISO 8601, UTC), null before */
  readAt!: string | null;

  /** With a system message: what happened */
  system?: SystemEventDto;

  /** When it was stored (ISO 8601, UTC); never runs back within a chat */
  createdAt!: string;

  /** When it was last changed (ISO 8601, UTC) */
  updatedAt!: string;
}

/** Payload of `message_changed`: an earlier message as it is now. */
export class MessageChangeDto {
  /** The number of the change itself: it is an entry of the thread as messages are */
  seq!: number;

  /** The message that was changed, in its current state, under its own number */
  message!: MessageDto;
}

/** A page of a chat's thread, ascending by `seq`. */
export class MessagePageDto {
  /** The messages, ascending by `seq` */
  messages!: MessageDto[];

  /** Whether there are more in the direction that was asked */
  hasMore!: boolean;

  /** The number of the newest entry in the thread, 0 before the first */
  lastSeq!: number;

  /** The end of what this page covers: go on with `after` (or `before`) this number */
  seq!: number;

  /** Up to which entry each side has read */
  readSeq!: SideNumbersDto;

  /** Changes when the database was restored from a backup: a client then loads everything anew */
  epoch!: string;
}
