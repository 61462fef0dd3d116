import { Clipboard } from '@angular/cdk/clipboard';
import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import {
  formatFullTime,
  formatTime,
  injectTranslate,
  LanguageStore,
  type MessageKey,
} from '@elite-chat/i18n';

import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icon-paths';
import { splitTextIntoParts } from '../text/text-parts';
import { explainRefusal } from '../text/refusal-words';
import type { DisplayedMessage } from '../thread/displayed-message';
import { OvertakenReply } from './overtaken-reply';

/** One message of a person: its text, and at the end of a group its time and how far it has come. */
@Component({
  selector: 'chat-message-bubble',
  imports: [Icon, OvertakenReply],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './message-bubble.html',
  styleUrl: './message-bubble.scss',
  host: {
    '[class.own]': 'isOwn()',
    '[class.first]': 'isFirst()',
    '[class.last]': 'isLast()',
    '[class.failed]': "entry().status === 'failed'",
    '[class.overtaken]': 'isOvertaken()',
  },
})
export class MessageBubble {
  /** What it shows */
  readonly entry = input.required<DisplayedMessage>();

  /** Whether the reader's side has written it: it then stands at the right and shows how far it has come */
  readonly isOwn = input(false);

  /** Whether it begins a row of messages of one sender */
  readonly isFirst = input(true);

  /** Whether it ends such a row */
  readonly isLast = input(true);

  /** Whether the other side has read it */
  readonly isRead = input(false);

  /** The sender's name above it; empty: none */
  readonly senderLabel = input('');

  /** Try to send it again */
  readonly retry = output();

  /** Write it differently */
  readonly edit = output();

  /** Take it away, unsent */
  readonly discard = output();

  protected readonly t = injectTranslate();
  private readonly locale = inject(LanguageStore).locale;
  private readonly clipboard = inject(Clipboard);
  private readonly isCopied = signal(false);

  protected readonly message = computed(() => this.entry().message);
  protected readonly parts = computed(() => splitTextIntoParts(this.message().message));
  protected readonly time = computed(() => formatTime(new Date(this.message().createdAt), this.locale()));
  protected readonly fullTime = computed(() =>
    formatFullTime(new Date(this.message().createdAt), this.locale()),
  );
  protected readonly hasMeta = computed(() => this.isLast() || this.entry().status === 'sending');

  /** Whether it was not sent because another admin was faster: it then waits for its writer's choice. */
  protected readonly isOvertaken = computed(() => {
    const { status, error } = this.entry();
    return status === 'failed' && error?.code === 'stale_reply';
  });

  protected readonly copyLabel = computed((): MessageKey =>
    this.isCopied() ? 'message.copied' : 'message.copy',
  );
  protected readonly reason = computed(() => explainRefusal(this.entry(), this.t));

  /** Screen readers hear who speaks with every message, not only with the first of a group. */
  protected readonly spokenSender = computed(() =>
    this.isOwn() && !this.senderLabel() ? this.t('message.you') : (this.message().senderName ?? ''),
  );

  protected readonly progress = computed((): { icon: IconName; label: MessageKey } | null => {
    if (!this.isOwn()) return null;
    if (this.entry().status === 'sending') return { icon: 'clock', label: 'message.sending' };
    return this.isRead()
      ? { icon: 'check-double', label: 'message.read' }
      : { icon: 'check', label: 'message.sent' };
  });

  /** What is refused here may be said elsewhere. */
  protected copy(): void {
    this.isCopied.set(this.clipboard.copy(this.message().message));
  }
}
