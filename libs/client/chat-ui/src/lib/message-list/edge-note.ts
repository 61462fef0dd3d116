import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { explainFailure, injectTranslate } from '@elite-chat/i18n';

import type { ThreadEdge } from '../thread/thread-edge';

/** The words where the loaded messages end: that more come, why they don't, or that these are all. */
@Component({
  selector: 'chat-edge-note',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (failure(); as reason) {
      {{ reason }}
      <button type="button" class="again" (click)="again.emit()">{{ t('failure.retry') }}</button>
    } @else if (edge().hasMore) {
      {{ loading() }}
    } @else {
      {{ whole() }}
    }
  `,
  styles: `
    :host {
      display: block;
      min-block-size: 16px;
      padding-block: 8px;
      color: var(--chat-text-muted);
      font-size: var(--chat-text-12);
      line-height: 16px;
      text-align: center;
    }
    .again {
      padding: 4px 8px;
      border: 0;
      border-radius: var(--chat-radius);
      background: none;
      color: var(--chat-accent);
      font: inherit;
      font-weight: 600;
      cursor: pointer;
    }
  `,
})
export class EdgeNote {
  /** How it stands */
  readonly edge = input.required<ThreadEdge>();

  /** What it says while more come */
  readonly loading = input.required<string>();

  /** What it says when there are no more */
  readonly whole = input('');

  /** Ask for them again */
  readonly again = output();

  protected readonly t = injectTranslate();

  protected readonly failure = computed(() => {
    const { error } = this.edge();
    return error ? explainFailure(error, this.t) : '';
  });
}
