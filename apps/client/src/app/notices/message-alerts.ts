import { inject, Injectable } from '@angular/core';
import type { ChatDto } from '@elite-chat/contracts';

import { AlertClaims } from './alert-claims';
import { ChatInView } from './chat-in-view';
import { Chime } from './chime';

/** The sound of a new message: once in a browser, however many tabs are open, and not for what somebody looks at. */
@Injectable({ providedIn: 'root' })
export class MessageAlerts {
  private readonly chime = inject(Chime);
  private readonly inView = inject(ChatInView);
  private readonly claims = inject(AlertClaims);

  /** A message has come into the chat as its entry `seq`. */
  async alert(chat: Pick<ChatDto, 'id' | 'epoch'>, seq: number): Promise<void> {
    // A tab that can't be heard must not take the alert from one that can.
    if (!this.chime.canRing() || (await this.inView.has(chat.id))) return;
    if (await this.claims.claim(chat, seq)) this.chime.ring();
  }
}
