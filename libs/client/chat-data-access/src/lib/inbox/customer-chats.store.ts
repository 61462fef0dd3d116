import { Injectable, type Signal, signal } from '@angular/core';
import type { ChatDto } from '@elite-chat/contracts';

import type { ChatRequestError } from '../errors/chat-request-error';
import type { LoadStatus } from '../thread/chat.store';

/** The customer's own conversations, and the launcher's badge; kept up to date while it is started. */
@Injectable({ providedIn: 'root' })
export class CustomerChatsStore {
  /** The loaded chats, newest activity first. */
  readonly chats: Signal<readonly ChatDto[]> = signal<readonly ChatDto[]>([]);

  /** The chat that is not closed; null when there is none. */
  readonly activeChat: Signal<ChatDto | null> = signal<ChatDto | null>(null);

  /** How many messages of the active chat the customer has not read. */
  readonly unreadCount: Signal<number> = signal(0);

  /** How loading the first page stands. */
  readonly status: Signal<LoadStatus> = signal<LoadStatus>('idle');

  /** Why the last loading failed; null otherwise. */
  readonly error: Signal<ChatRequestError | null> = signal<ChatRequestError | null>(null);

  /** Whether there are chats after the last one loaded. */
  readonly hasMore: Signal<boolean> = signal(false);

  /** Whether a further page is being loaded. */
  readonly isLoadingMore: Signal<boolean> = signal(false);

  /** Loads the list and follows it; also tries again after a failure. */
  async start(): Promise<void> {
    // Follows.
  }

  /** Stops following and forgets the list. */
  stop(): void {
    // Follows.
  }

  /** Loads the next page. */
  async loadMore(): Promise<void> {
    // Follows.
  }
}
