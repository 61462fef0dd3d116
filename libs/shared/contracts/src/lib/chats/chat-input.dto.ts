import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

import { IsId } from '../text/is-id';

import { CURSOR_LENGTH_MAX, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, SEQ_MAX } from '../limits';

/** Names a chat; the payload of events that say no more than which, and the path of REST calls. */
export class ChatReferenceDto {
  /**
   * The chat's id
   * @example 665f1f77bcf86cd799439013
   */
  @IsId()
  chatId!: string;
}

/** Query of a list of chats. */
export class ChatListQueryDto {
  /** Rows of the page */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(PAGE_LIMIT_MAX)
  limit?: number = PAGE_LIMIT_DEFAULT;

  /** `nextCursor` of the page before */
  @IsOptional()
  @IsString()
  @MaxLength(CURSOR_LENGTH_MAX)
  cursor?: string;
}

/**
 * What the inbox can be narrowed to. `mine`: open and assigned to the caller; `unassigned`: open and
 * assigned to nobody; `waiting`: open, and the newest message of a person is the customer's; `unread`: the
 * admins have not read all of it; `open`: not closed.
 */
export const INBOX_FILTERS = ['all', 'mine', 'unassigned', 'waiting', 'unread', 'open'] as const;

/** What the inbox is narrowed to. */
export type InboxFilter = (typeof INBOX_FILTERS)[number];

/** Query of the inbox. */
export class InboxQueryDto extends ChatListQueryDto {
  /**
   * Which chats: open ones that are `mine` or `unassigned`, `waiting` for an answer, with `unread` messages,
   * `open` (not closed), or `all`
   */
  @IsOptional()
  @IsIn(INBOX_FILTERS)
  show?: InboxFilter = 'all';
}

/** Body of assigning a chat. */
export class AssignChatDto {
  /**
   * The admin who is to answer; default: the caller
   * @example 665f1f77bcf86cd799439012
   */
  @IsOptional()
  @IsId()
  adminId?: string;
}

/** Payload of `assign_chat`. */
export class AssignChatPayloadDto extends AssignChatDto {
  /** The chat's id */
  @IsId()
  chatId!: string;
}

/** Body of marking a chat as read. */
export class MarkReadDto {
  /** Up to which entry; default and at most: the last. Never moves back. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(SEQ_MAX)
  seq?: number;
}

/** Payload of `mark_read`. */
export class MarkReadPayloadDto extends MarkReadDto {
  /** The chat's id */
  @IsId()
  chatId!: string;
}
