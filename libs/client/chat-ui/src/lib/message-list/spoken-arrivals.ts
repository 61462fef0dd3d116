import { ChangeDetectionStrategy, Component, computed, input, linkedSignal } from '@angular/core';
import { injectTranslate } from '@elite-chat/i18n';

import { explainRefusal } from '../text/refusal-words';
import type { Arrivals } from '../thread/arrivals';
import type { DisplayedMessage } from '../thread/displayed-message';

/** So many messages that come at once are read out; of more only the number is told. */
const READ_OUT_MAX = 3;

/**
 * Tells people who don't see it what has come. The thread itself can't be the live region: lines are drawn there
 * whenever somebody scrolls, and these are no news.
 */
@Component({
  selector: 'chat-spoken-arrivals',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (isBurst()) {
      <p>{{ t.count('thread.arrived', last().others.length) }}</p>
    } @else {
      @for (entry of last().others; track entry.key) {
        <p>{{ entry.message.senderName }}: {{ entry.message.message }}</p>
      }
    }
    @for (entry of last().refused; track entry.key) {
      <p>{{ reason(entry) }}</p>
    }
  `,
  host: { class: 'chat-visually-hidden', 'aria-live': 'polite', 'aria-relevant': 'additions' },
})
export class SpokenArrivals {
  /** What has come since the thread was last shown */
  readonly arrivals = input.required<Arrivals>();

  protected readonly t = injectTranslate();

  /** What was said stays until there is something else to say: not all that changes a thread brings news. */
  protected readonly last = linkedSignal<Arrivals, Arrivals>({
    source: this.arrivals,
    computation: (arrivals, previous) =>
      arrivals.others.length + arrivals.refused.length > 0 ? arrivals : (previous?.value ?? arrivals),
  });

  /** Too much to be read out one by one: as after a reconnection. */
  protected readonly isBurst = computed(() => this.last().others.length > READ_OUT_MAX);

  protected reason(entry: DisplayedMessage): string {
    return explainRefusal(entry, this.t);
  }
}
