import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

import { IsId } from '../text/is-id';

import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, SEQ_MAX } from '../limits';
import { IsMessageText } from '../text/is-message-text';
import { IsAloneWithout } from './is-alone-without';

/** The types that can be sent. */
export const SENDABLE_MESSAGE_TYPES = ['text'] as const;

/** Body of sending a message. */
export class SendMessageDto {
  /**
   * The text: not blank, at most 5,000 characters as people see them and 20,000 bytes
   * @example "Where are my photos?"
   */
  @IsMessageText()
  message!: string;

  /** What it holds */
  @IsOptional()
  @IsIn(SENDABLE_MESSAGE_TYPES)
  messageType?: (typeof SENDABLE_MESSAGE_TYPES)[number];

  /**
   * An id made by the sender and kept for every retry, so that the message is stored once (UUID)
   * @example 3f0d9a2e-6a55-4c1b-9f1e-0b8f4f0b7d11
   */
  @IsOptional()
  @IsUUID()
  clientMessageId?: string;

  /**
   * Admins only: the last entry that the writer has seen. When another admin's message stands after it, the
   * reply is refused with `stale_reply`; without it, or for the retry of a stored message, never
   * @example 12
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(SEQ_MAX)
  basedOnSeq?: number;
}

/** Payload of `send_message`. */
export class SendMessagePayloadDto extends SendMessageDto {
  /** The chat's id */
  @IsId()
  chatId!: string;
}

/** Query of a page of messages. Neither `before` nor `after`: the newest page. Both: refused. */
export class MessagePageQueryDto {
  /** Messages before this number */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(SEQ_MAX)
  before?: number;

  /** Entries after this number: new messages and changed ones, each once, as they are now */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(SEQ_MAX)
  @IsAloneWithout('before')
  after?: number;

  /** Messages of the page */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(PAGE_LIMIT_MAX)
  limit?: number = PAGE_LIMIT_DEFAULT;
}

/** Payload of `get_messages`. */
export class MessagePagePayloadDto extends MessagePageQueryDto {
  /** The chat's id */
  @IsId()
  chatId!: string;
}
