import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatSnackBar, type MatSnackBarRef, type TextOnlySnackBar } from '@angular/material/snack-bar';
import { Router } from '@angular/router';
import { ChatSocket } from '@elite-chat/chat-data-access';
import { type MessageDto, truncateText } from '@elite-chat/contracts';
import { injectTranslate } from '@elite-chat/i18n';
import { filter } from 'rxjs';

import { Chime } from './chime';

const INBOX_PATH = '/admin/messages';

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
  private readonly document = inject(DOCUMENT);
  private readonly chime = inject(Chime);
  private readonly t = injectTranslate();
  private shown: { ref: MatSnackBarRef<TextOnlySnackBar>; chatIds: Set<string>; count: number } | null = null;

  constructor() {
    // Whose words they are is nobody's business after signing out.
    inject(DestroyRef).onDestroy(() => this.shown?.ref.dismiss());
    inject(ChatSocket)
      .newChatMessage$.pipe(
        filter(({ message }) => message.senderRole === 'user' && !this.isBeforeTheirEyes(message.chat)),
        takeUntilDestroyed(),
      )
      .subscribe(({ message }) => this.tell(message));
  }

  private isBeforeTheirEyes(chatId: string): boolean {
    return this.document.hasFocus() && this.router.url.split('?', 1)[0] === `${INBOX_PATH}/${chatId}`;
  }

  private tell(message: MessageDto): void {
    this.chime.ring();
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
