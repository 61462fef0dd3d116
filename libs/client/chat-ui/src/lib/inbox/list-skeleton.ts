import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** Stands where a list of chats will be, so that nothing jumps when it comes. */
@Component({
  selector: 'chat-list-skeleton',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span class="chat-visually-hidden">{{ label() }}</span>
    @for (row of rows; track row) {
      <div class="row">
        <span class="avatar"></span><span class="name"></span><span class="preview"></span>
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      align-content: start;
      padding: 0 20px;
      animation: appear 0.3s 0.2s backwards;
    }
    .row {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      column-gap: 12px;
      row-gap: 8px;
      align-content: center;
      block-size: 66px;
    }
    .row span {
      border-radius: 4px;
      background: var(--chat-tone);
    }
    .row .avatar {
      grid-row: span 2;
      inline-size: 40px;
      block-size: 40px;
      border-radius: 50%;
    }
    .name {
      inline-size: 40%;
      block-size: 14px;
      align-self: end;
    }
    .preview {
      inline-size: 75%;
      block-size: 12px;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
  host: { role: 'status' },
})
export class ListSkeleton {
  /** What is being loaded, for those who listen */
  readonly label = input.required<string>();

  protected readonly rows = [1, 2, 3, 4, 5];
}
