import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { injectTranslate } from '@elite-chat/i18n';

import { Icon } from '../icon/icon';

/** How the connection stands, as far as a reader cares. `waiting`: the next try comes at a known time. */
export type ShownConnection = 'disconnected' | 'connecting' | 'connected' | 'waiting';

/** Short breaks are not worth a word: the banner says nothing before this long without a connection. */
const PATIENCE_MS = 1_500;

/** Tells that there is no connection, when the next try is, and lets the reader try now. Nothing while all is well. */
@Component({
  selector: 'chat-connection-banner',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <!-- The seconds are to be seen; heard, they would never end. -->
    <span class="chat-visually-hidden" role="status">{{ isShown() ? spoken() : '' }}</span>
    @if (isShown()) {
      <div class="banner">
        <chat-icon name="alert" />
        <span class="text" aria-hidden="true">{{ text() }}</span>
        @if (state() === 'waiting') {
          <button type="button" (click)="onRetry()">{{ t('connection.now') }}</button>
        }
      </div>
    }
  `,
  host: { tabindex: '-1' },
  styles: `
    :host {
      outline: 0;
    }
    .banner {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 40px;
      padding: 4px 16px;
      box-sizing: border-box;
      background: var(--chat-warning-tone);
      color: var(--chat-warning);
      font-size: var(--chat-text-13);
      --chat-icon-size: 18px;
    }
    .text {
      flex: 1;
      font-variant-numeric: tabular-nums;
    }
    button {
      padding: 6px 8px;
      border: 0;
      border-radius: var(--chat-radius);
      background: none;
      color: inherit;
      font: inherit;
      font-weight: 600;
      white-space: nowrap;
      cursor: pointer;
    }
    button:hover {
      background: rgb(128 100 0 / 14%);
    }
    button:focus-visible {
      outline: 2px solid currentColor;
    }
  `,
})
export class ConnectionBanner {
  /** How the connection stands */
  readonly state = input.required<ShownConnection>();

  /** When the next try is, in milliseconds since 1970, while `state` is `waiting` */
  readonly retryAt = input<number | null>(null);

  /** Try at once */
  readonly retry = output();

  protected readonly t = injectTranslate();
  protected readonly isShown = signal(false);
  private readonly now = signal(Date.now());
  private readonly isFine = computed(() => this.state() === 'connected');

  protected readonly text = computed(() => {
    const retryAt = this.retryAt();
    if (this.state() !== 'waiting' || retryAt === null) return this.t('connection.connecting');
    const seconds = Math.max(1, Math.ceil((retryAt - this.now()) / 1_000));
    return this.t('connection.waiting', { seconds });
  });

  protected readonly spoken = computed(() =>
    this.state() === 'waiting' ? this.t('connection.lost') : this.t('connection.connecting'),
  );

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);

  constructor() {
    effect((onCleanup) => {
      if (this.isFine()) {
        this.isShown.set(false);
        return;
      }
      const timer = setTimeout(() => this.isShown.set(true), PATIENCE_MS);
      onCleanup(() => clearTimeout(timer));
    });
    effect((onCleanup) => {
      if (this.retryAt() === null) return;
      this.now.set(Date.now());
      const timer = setInterval(() => this.now.set(Date.now()), 1_000);
      onCleanup(() => clearInterval(timer));
    });
  }

  /** The button goes away with what it does: the focus stays here, and the next stop is what comes after it. */
  protected onRetry(): void {
    this.element.nativeElement.focus();
    this.retry.emit();
  }
}
