import { IsBoolean } from 'class-validator';

import { IsId } from '../text/is-id';

import type { UserRole } from '../accounts/user.dto';

/** Payload of `typing`: the sender begins or ends writing. Never stored. */
export class TypingDto {
  /** The chat's id */
  @IsId()
  chatId!: string;

  /** True while writing */
  @IsBoolean()
  isTyping!: boolean;
}

/** Payload of `user_typing`: somebody in the chat begins or ends writing. */
export class UserTypingDto {
  /** The chat's id */
  chatId!: string;

  /** Who writes */
  userId!: string;

  /** The writer's name */
  name!: string;

  /** The writer's role */
  role!: UserRole;

  /** True while writing; a receiver takes it away after 5 seconds without another one */
  isTyping!: boolean;
}
