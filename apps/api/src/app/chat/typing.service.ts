import { type TypingDto } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';

import { type AuthenticatedUser } from '../auth/authenticated-user';
import { ChatAccess } from './chat-access.service';
import { ChatBroadcaster } from './chat.broadcaster';

/** Who is writing; told on and never stored. */
@Injectable()
export class TypingService {
  constructor(
    private readonly access: ChatAccess,
    private readonly broadcaster: ChatBroadcaster,
  ) {}

  /** The caller begins or ends writing. */
  async announce(user: AuthenticatedUser, { chatId, isTyping }: TypingDto): Promise<void> {
    const id = await this.access.requireMembership(user, chatId);
    this.broadcaster.userTyping({
      chatId: id.toHexString(),
      userId: user.id,
      name: user.name,
      role: user.role,
      isTyping,
    });
  }
}
