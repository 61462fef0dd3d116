import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icon-paths';

/** Says why a place is empty or could not be shown, and holds the act that helps. */
@Component({
  selector: 'chat-empty-state',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span class="sign"><chat-icon [name]="icon()" /></span>
    <p class="heading">{{ heading() }}</p>
    @if (text()) {
      <p class="text">{{ text() }}</p>
    }
    <div class="act"><ng-content /></div>
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      align-content: center;
      gap: 8px;
      padding: 32px 24px;
      text-align: center;
    }
    .sign {
      display: grid;
      place-items: center;
      inline-size: 56px;
      block-size: 56px;
      margin-block-end: 4px;
      border-radius: 50%;
      background: var(--chat-accent-tone);
      color: var(--chat-accent);
      --chat-icon-size: 26px;
    }
    p {
      margin: 0;
    }
    .heading {
      font-size: var(--chat-text-16);
      font-weight: 600;
    }
    .act {
      margin-block-start: 8px;
    }
    .act:empty {
      display: none;
    }
    .text {
      max-inline-size: 36ch;
      color: var(--chat-text-muted);
      font-size: var(--chat-text-14);
      line-height: 1.5;
    }
  `,
})
export class EmptyState {
  /** The sign above */
  readonly icon = input.required<IconName>();

  /** What there is to say, in a few words */
  readonly heading = input.required<string>();

  /** What to do, or what will be here */
  readonly text = input('');
}
