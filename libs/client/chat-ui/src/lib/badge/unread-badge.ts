import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { injectTranslate, type PluralKey } from '@elite-chat/i18n';

/** How many messages are unread; nothing at 0, capped (`99+`). */
@Component({
  selector: 'chat-unread-badge',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (count() > 0) {
      <span class="count" aria-hidden="true">{{ shown() }}</span>
      <span class="chat-visually-hidden">{{ spoken() }}</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
    }
    :host(:empty) {
      display: none;
    }
    .count {
      display: inline-grid;
      place-items: center;
      min-inline-size: 20px;
      block-size: 20px;
      box-sizing: border-box;
      padding-inline: 6px;
      border-radius: 10px;
      background: var(--chat-accent);
      color: var(--chat-on-accent);
      font-size: var(--chat-text-12);
      font-weight: 600;
      font-variant-numeric: tabular-nums;
      line-height: 1;
    }
  `,
})
export class UnreadBadge {
  /** How many are unread */
  readonly count = input.required<number>();

  /** The highest number that is shown as it is */
  readonly cap = input(99);

  /** What is counted, in words */
  readonly words = input<PluralKey>('unread.messages');

  private readonly t = injectTranslate();

  protected readonly shown = computed(() =>
    this.count() > this.cap() ? `${this.cap()}+` : String(this.count()),
  );
  protected readonly spoken = computed(() => this.t.count(this.words(), this.count()));
}
