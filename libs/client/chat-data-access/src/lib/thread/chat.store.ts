import { computed, Injectable, type Signal, signal } from '@angular/core';
import type { ChatDto, SideNumbersDto, UserTypingDto } from '@elite-chat/contracts';

import type { ChatRequestError } from '../errors/chat-request-error';
import type { ThreadMessage } from './thread-message';

/** How loading stands: `idle` before the first, `failed` with an error beside it. */
export type LoadStatus = 'idle' | 'loading' | 'ready' | 'failed';

/** One open chat. Provide it in the component that shows the chat: it ends with the component. */
@Injectable()
export class ChatStore {
  /** The chat; null while it is not known. */
  readonly chat: Signal<ChatDto | null> = signal<ChatDto | null>(null);

  /** The thread: stored messages ascending, own copies on their way or failed after them. */
  readonly messages: Signal<readonly ThreadMessage[]> = signal<readonly ThreadMessage[]>([]);

  /** How opening stands. */
  readonly status: Signal<LoadStatus> = signal<LoadStatus>('idle');

  /** Why opening failed; null otherwise. */
  readonly error: Signal<ChatRequestError | null> = signal<ChatRequestError | null>(null);

  /** Who else writes at this moment. */
  readonly typing: Signal<readonly UserTypingDto[]> = signal<readonly UserTypingDto[]>([]);

  /** Whether there are messages before the first one shown. */
  readonly hasOlder: Signal<boolean> = signal(false);

  /** Whether older messages are being loaded. */
  readonly isLoadingOlder: Signal<boolean> = signal(false);

  /** How many messages our side has not read. */
  readonly unreadCount: Signal<number> = computed(() => 0);

  /** Up to which entry each side has read. */
  readonly readSeq: Signal<SideNumbersDto> = signal<SideNumbersDto>({ user: 0, admin: 0 });

  /** Customers: opens the active chat, which is made when there is none. */
  async openOwn(): Promise<void> {
    // Follows.
  }

  /** Opens a chat by its id: any for an admin, one's own for a customer. */
  async open(_chatId: string): Promise<void> {
    // Follows.
  }

  /** Leaves the chat and forgets it. */
  close(): void {
    // Follows.
  }

  /** Loads the page before the first message shown. */
  async loadOlder(): Promise<void> {
    // Follows.
  }

  /** Sends a text: shown at once, kept and retried with the same id until stored or refused. */
  send(_text: string): void {
    // Follows.
  }

  /** Sends a failed message again, with the same id. */
  retry(_clientMessageId: string): void {
    // Follows.
  }

  /** Gives a failed message up. */
  discard(_clientMessageId: string): void {
    // Follows.
  }

  /** To be called at each change of the draft; says `typing` as seldom as agreed. */
  notifyTyping(): void {
    // Follows.
  }

  /** Says that writing has ended. */
  stopTyping(): void {
    // Follows.
  }

  /** Our side has read all that is shown. */
  markRead(): void {
    // Follows.
  }
}
