import { inject, Injectable, type Signal, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { endWithUser } from '@elite-chat/session';

import { ChatSocket } from '../realtime/chat-socket';

/** Whether somebody of the support is there, as the customer sees it; told anew at each connection. */
@Injectable({ providedIn: 'root' })
export class SupportPresenceStore {
  private readonly online = signal<boolean | null>(null);
  private readonly claim = endWithUser(() => this.online.set(null));

  /** Whether somebody is there; null until it is known. */
  readonly isOnline: Signal<boolean | null> = this.online.asReadonly();

  constructor() {
    inject(ChatSocket)
      .supportPresence$.pipe(takeUntilDestroyed())
      .subscribe(({ isOnline }) => {
        this.claim();
        this.online.set(isOnline);
      });
  }
}
