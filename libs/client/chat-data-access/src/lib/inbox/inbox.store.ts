import { Injectable, type Signal, signal } from '@angular/core';
import type { ChatDto } from '@elite-chat/contracts';

import type { ChatRequestError } from '../errors/chat-request-error';
import type { LoadStatus } from '../thread/chat.store';

/** The admin's list of chats, kept up to date while it is started. */
@Injectable({ providedIn: 'root' })
export class InboxStore {
  /** The loaded chats, newest activity first. */
  readonly chats: Signal<readonly ChatDto[]> = signal<readonly ChatDto[]>([]);

  /** How loading the first page stands. */
  readonly status: Signal<LoadStatus> = signal<LoadStatus>('idle');

  /** Why the last loading failed; null otherwise. */
  readonly error: Signal<ChatRequestError | null> = signal<ChatRequestError | null>(null);

  /** Whether there are chats after the last one loaded. */
  readonly hasMore: Signal<boolean> = signal(false);

  /** Whether a further page is being loaded. */
  readonly isLoadingMore: Signal<boolean> = signal(false);

  /** How many of the loaded chats hold a message that the admins have not read. */
  readonly unreadChats: Signal<number> = signal(0);

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
