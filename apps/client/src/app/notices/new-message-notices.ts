import { DestroyRef, effect, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatSnackBar, type MatSnackBarRef, type TextOnlySnackBar } from '@angular/material/snack-bar';
import { Router } from '@angular/router';
import { ChatSocket, firstTold } from '@elite-chat/chat-data-access';
import { type NewChatMessage, truncateText } from '@elite-chat/contracts';
import { injectTranslate } from '@elite-chat/i18n';
import { filter } from 'rxjs';

import { ChatInView } from './chat-in-view';
import { INBOX_PATH, injectFocusedChat } from './focused-chat';
import { MessageAlerts } from './message-alerts';

/** How long a notice stays, in milliseconds. */
const SHOWN_MS = 7_000;

/** A notice is one line: so much of the message, in characters as people see them. */
const EXCERPT_CHARACTERS = 60;

/**
 * Tells admins at once of what customers write, by a word and a sound: not of what is written in the chat
 * before their eyes. Messages that come while a notice is shown are counted in one.
 */
@Injectable()
export class NewMessageNotices {
  private readonly snackBar = inject(MatSnackBar);
  private readonly router = inject(Router);
  private readonly alerts = inject(MessageAlerts);
  private readonly focusedChat = injectFocusedChat();
  private readonly t = injectTranslate();
  private shown: { ref: MatSnackBarRef<TextOnlySnackBar>; chatIds: Set<string>; count: number } | null = null;

  constructor() {
    // Whose words they are is nobody's business after signing out.
    inject(DestroyRef).onDestroy(() => this.shown?.ref.dismiss());
    inject(ChatInView).follow(this.focusedChat);
    effect(() => this.withdraw(this.focusedChat()));
    inject(ChatSocket)
      .newChatMessage$.pipe(
        firstTold(),
        filter(({ message }) => message.senderRole === 'user' && message.chat !== this.focusedChat()),
        takeUntilDestroyed(),
      )
      .subscribe((news) => this.tell(news));
  }

  /** What a notice tells of is seen once its chat is. */
  private withdraw(chatId: string | null): void {
    const { shown } = this;
    if (shown && chatId !== null && shown.chatIds.size === 1 && shown.chatIds.has(chatId))
      shown.ref.dismiss();
  }

  private tell({ chat, message }: NewChatMessage): void {
    void this.alerts.alert(chat, message.seq);
    const chatIds = new Set(this.shown?.chatIds).add(message.chat);
    const count = (this.shown?.count ?? 0) + 1;
    const text =
      count === 1
        ? this.t('notice.message', {
            name: message.senderName ?? '',
            text: truncateText(message.message.replace(/\s+/gu, ' '), EXCERPT_CHARACTERS),
          })
        : this.t.count('notice.several', count);
    const action = chatIds.size === 1 ? this.t('notice.open') : this.t('notice.show');
    const ref = this.snackBar.open(text, action, {
      duration: SHOWN_MS,
      // Not at the bottom, where the answer is written.
      horizontalPosition: 'end',
      verticalPosition: 'top',
    });
    const notice = { ref, chatIds, count };
    this.shown = notice;
    ref.onAction().subscribe(() => {
      const [chatId] = chatIds.size === 1 ? chatIds : [];
      void this.router.navigate(chatId ? [INBOX_PATH, chatId] : [INBOX_PATH]);
    });
    ref.afterDismissed().subscribe(() => {
      if (this.shown === notice) this.shown = null;
    });
  }
}
