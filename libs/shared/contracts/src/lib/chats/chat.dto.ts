/** The two sides of a chat: its customer, and the admins together. */
export const CHAT_SIDES = ['user', 'admin'] as const;

/** `user` is the chat's customer, `admin` the admins together. */
export type ChatSide = (typeof CHAT_SIDES)[number];

/** The customer of a chat. */
export class ChatCustomerDto {
  /**
   * The customer's id
   * @example 665f1f77bcf86cd799439011
   */
  id!: string;

  /**
   * The customer's name
   * @example "Cora Lane"
   */
  name!: string;

  /**
   * The customer's email address
   * @example customer@example.com
   */
  email!: string;
}

/** An admin, as others see one. */
export class ChatAdminDto {
  /**
   * The admin's id
   * @example 665f1f77bcf86cd799439012
   */
  id!: string;

  /**
   * The admin's name
   * @example "Ada Moss"
   */
  name!: string;
}

/** Who has written the newest message of a chat. */
export class LastSenderDto {
  /**
   * The sender's id
   * @example 665f1f77bcf86cd799439011
   */
  id!: string;

  /**
   * The sender's name at the time of writing
   * @example "Cora Lane"
   */
  name!: string;

  /** The side that has written */
  role!: ChatSide;
}

/** One number for each side of a chat. */
export class SideNumbersDto {
  /** For the customer */
  user!: number;

  /** For the admins */
  admin!: number;
}

/** A chat: one conversation of one customer with the admins. */
export class ChatDto {
  /**
   * Id, 24 hexadecimal digits
   * @example 665f1f77bcf86cd799439013
   */
  id!: string;

  /** The customer */
  user!: ChatCustomerDto;

  /** The admin who answers, null while nobody does */
  admin!: ChatAdminDto | null;

  /** False once closed; a customer has at most one active chat */
  isActive!: boolean;

  /**
   * The beginning of the newest message of a person, null before the first
   * @example "Where are my photos?"
   */
  lastMessage!: string | null;

  /** When that message was stored (ISO 8601, UTC), null before the first */
  lastMessageTime!: string | null;

  /** Who has written it, null before the first */
  lastSender!: LastSenderDto | null;

  /** `user`: how many messages of admins the customer has not read; `admin`: the reverse */
  unreadCount!: SideNumbersDto;

  /** The number of the newest entry in the thread, 0 before the first */
  lastSeq!: number;

  /** Up to which entry each side has read */
  readSeq!: SideNumbersDto;

  /** Changes when the database was restored from a backup: a client then loads everything anew */
  epoch!: string;

  /** When the chat was made (ISO 8601, UTC) */
  createdAt!: string;

  /** When the chat last changed (ISO 8601, UTC) */
  updatedAt!: string;
}

/** A page of chats, newest activity first. */
export class ChatListDto {
  /** The chats */
  chats!: ChatDto[];

  /** Pass it as `cursor` for the next page; null at the end */
  nextCursor!: string | null;
}
