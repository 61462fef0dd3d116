import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { Icon } from '../icon/icon';

/** Says at the end of a conversation that it is closed, and holds what can be done about it. */
@Component({
  selector: 'chat-closed-note',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p><chat-icon name="check" /> {{ text() }}</p>
    <div class="acts"><ng-content /></div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      margin-block: 8px;
      padding: 12px;
      border-radius: var(--chat-radius);
      background: var(--chat-tone);
      font-size: var(--chat-text-13);
      line-height: 18px;
    }
    p {
      display: flex;
      gap: 8px;
      margin: 0;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .acts:empty {
      display: none;
    }
  `,
})
export class ClosedNote {
  /** What the reader is told */
  readonly text = input.required<string>();
}
