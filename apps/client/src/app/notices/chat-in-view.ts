import { DestroyRef, DOCUMENT, effect, inject, Injectable, type Signal } from '@angular/core';
import { SessionStore } from '@elite-chat/session';

/**
 * Which chats are before the reader's eyes, in whichever tab of this browser: each is a Web Lock, shared by the
 * tabs that show it, which ends with its tab however that ends. Where there are no Web Locks a tab knows of itself.
 */
@Injectable({ providedIn: 'root' })
export class ChatInView {
  private readonly locks = inject(DOCUMENT).defaultView?.navigator.locks;
  private readonly session = inject(SessionStore);
  private own: string | null = null;

  /** Follows what this tab shows, null for nothing, as long as the injection context lives. */
  follow(chatId: Signal<string | null>): void {
    effect((onCleanup) => {
      const id = chatId();
      this.own = id;
      if (id === null) return;
      const shown = Promise.withResolvers<undefined>();
      const closing = new AbortController();
      this.locks
        ?.request(this.nameOf(id), { mode: 'shared', signal: closing.signal }, () => shown.promise)
        // Given up before it was had.
        .catch(() => undefined);
      onCleanup(() => {
        closing.abort();
        shown.resolve(undefined);
      });
    });
    inject(DestroyRef).onDestroy(() => (this.own = null));
  }

  /** Whether any tab shows the chat to somebody who looks. */
  async has(chatId: string): Promise<boolean> {
    if (this.own === chatId) return true;
    if (!this.locks) return false;
    return this.locks.request(
      this.nameOf(chatId),
      { mode: 'exclusive', ifAvailable: true },
      async (lock) => lock === null,
    );
  }

  private nameOf(chatId: string): string {
    return `elite-chat:in-view:${this.session.user()?.id}:${chatId}`;
  }
}
