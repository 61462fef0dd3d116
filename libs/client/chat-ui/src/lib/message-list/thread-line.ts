import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { formatDay, injectTranslate, LanguageStore } from '@elite-chat/i18n';

import { MessageBubble } from '../bubble/message-bubble';
import { explainSystemMessage } from '../text/system-words';
import type { ThreadItem } from '../thread/thread-items';

/** One line of a thread, of whatever kind. Its height is all that it takes, so it has padding and no margin. */
@Component({
  selector: 'chat-thread-line',
  imports: [MessageBubble],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @let line = item();
    @switch (line.kind) {
      @case ('day') {
        <p class="day">
          <span>{{ day() }}</span>
        </p>
      }
      @case ('unread') {
        <p class="unread">
          <span>{{ t('thread.unread') }}</span>
        </p>
      }
      @case ('system') {
        <p class="system">{{ systemLine() }}</p>
      }
      @case ('message') {
        <chat-message-bubble
          [entry]="line.entry"
          [isOwn]="line.isOwn"
          [isFirst]="line.isFirst"
          [isLast]="line.isLast"
          [isRead]="isRead()"
          [senderLabel]="senderLabel()"
          (retry)="retry.emit()"
          (edit)="edit.emit()"
          (discard)="discard.emit()"
        />
      }
    }
  `,
  styleUrl: './thread-line.scss',
  host: { '[attr.data-key]': 'item().key' },
})
export class ThreadLine {
  /** What it shows */
  readonly item = input.required<ThreadItem>();

  /** The reader's id: their own messages carry no name */
  readonly readerId = input<string | null>(null);

  /** The number up to which the other side has read */
  readonly readSeq = input(0);

  /** The present time: days are named by how long ago they are */
  readonly now = input.required<Date>();

  /** Send its message again */
  readonly retry = output();

  /** Write its unsent message differently */
  readonly edit = output();

  /** Take its unsent message away */
  readonly discard = output();

  protected readonly t = injectTranslate();
  private readonly locale = inject(LanguageStore).locale;

  private readonly message = computed(() => {
    const item = this.item();
    return 'entry' in item ? item.entry.message : null;
  });

  protected readonly day = computed(() => {
    const item = this.item();
    return item.kind === 'day' ? formatDay(item.day, this.now(), this.locale()) : '';
  });

  protected readonly systemLine = computed(() => {
    const message = this.message();
    return message ? explainSystemMessage(message, this.readerId(), this.t) : '';
  });

  protected readonly senderLabel = computed(() => {
    const message = this.message();
    return message && message.sender !== this.readerId() ? (message.senderName ?? '') : '';
  });

  protected readonly isRead = computed(() => {
    const seq = this.message()?.seq;
    return seq !== undefined && seq <= this.readSeq();
  });
}
