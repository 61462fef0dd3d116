import type { ChatSide } from './chat.dto';

/** How far one side of a chat has read; the answer of `read` and the payload of `messages_read`. */
export class ReadReceiptDto {
  /** The chat's id */
  chatId!: string;

  /** Whose mark it is */
  reader!: ChatSide;

  /** The entry up to which that side has read; 0 before the first */
  seq!: number;

  /** When the mark came to stand there (ISO 8601, UTC); null while it is 0 */
  readAt!: string | null;

  /** How many messages of the other side that side has not read, among the entries up to `lastSeq` */
  unreadCount!: number;

  /** The last entry when that was counted: what has come after it is not in `unreadCount` */
  lastSeq!: number;
}
