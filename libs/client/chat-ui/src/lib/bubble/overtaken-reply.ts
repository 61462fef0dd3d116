import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { formatTime, injectTranslate, LanguageStore } from '@elite-chat/i18n';

import { Icon } from '../icon/icon';
import { explainRefusal } from '../text/refusal-words';
import type { DisplayedMessage } from '../thread/displayed-message';

/** Stands at a reply that was not sent because another admin was faster: what was written meanwhile, and the choice. */
@Component({
  selector: 'chat-overtaken-reply',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './overtaken-reply.html',
  styleUrl: './overtaken-reply.scss',
})
export class OvertakenReply {
  /** The reply, with what was written meanwhile */
  readonly entry = input.required<DisplayedMessage>();

  /** Send it all the same */
  readonly sendAnyway = output();

  /** Write it differently */
  readonly edit = output();

  /** Take it away, unsent */
  readonly discard = output();

  protected readonly t = injectTranslate();
  private readonly locale = inject(LanguageStore).locale;

  protected readonly reason = computed(() => explainRefusal(this.entry(), this.t));

  /** The messages of people: what the system says stands in the thread. */
  protected readonly meanwhile = computed(() =>
    (this.entry().error?.messages ?? []).filter(({ senderRole }) => senderRole !== 'system'),
  );

  protected timeOf(createdAt: string): string {
    return formatTime(new Date(createdAt), this.locale());
  }
}
