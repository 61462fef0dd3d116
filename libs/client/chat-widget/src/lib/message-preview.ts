import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { Avatar, Icon } from '@elite-chat/chat-ui';
import { injectTranslate } from '@elite-chat/i18n';

/** A new message beside the closed launcher: who has written, and how it begins. */
@Component({
  selector: 'chat-message-preview',
  imports: [Avatar, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      type="button"
      class="message"
      [attr.aria-label]="t('widget.preview.open', { name: name() })"
      aria-describedby="chat-preview-text"
      (click)="open.emit()"
    >
      <chat-avatar [name]="name()" />
      <span class="words">
        <span class="name">{{ name() }}</span>
        <span id="chat-preview-text" class="text" dir="auto">{{ text() }}</span>
      </span>
    </button>
    <button
      type="button"
      class="dismiss"
      [attr.aria-label]="t('widget.preview.dismiss')"
      (click)="dismiss.emit()"
    >
      <chat-icon name="close" />
    </button>
  `,
  styles: `
    :host {
      display: flex;
      align-items: flex-start;
      border-radius: var(--chat-radius-large);
      background: var(--chat-raised);
      box-shadow: var(--chat-shadow);
    }
    .message {
      display: flex;
      flex: 1;
      gap: 12px;
      min-inline-size: 0;
      padding: 12px 0 12px 16px;
      border: 0;
      border-radius: var(--chat-radius-large);
      background: none;
      color: inherit;
      font: inherit;
      text-align: start;
      cursor: pointer;
    }
    .words {
      display: grid;
      min-inline-size: 0;
    }
    .name {
      overflow: hidden;
      font-size: var(--chat-text-13);
      font-weight: 600;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .text {
      display: -webkit-box;
      overflow: hidden;
      font-size: var(--chat-text-14);
      overflow-wrap: anywhere;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
    }
    .dismiss {
      display: grid;
      flex: none;
      place-items: center;
      inline-size: 40px;
      block-size: 40px;
      border: 0;
      border-radius: 50%;
      background: none;
      color: var(--chat-text-muted);
      cursor: pointer;
      --chat-icon-size: 16px;
    }
    .message:focus-visible,
    .dismiss:focus-visible {
      outline: 2px solid var(--chat-accent);
      outline-offset: -2px;
    }
  `,
})
export class MessagePreview {
  /** Who has written */
  readonly name = input.required<string>();

  /** The beginning of the message */
  readonly text = input.required<string>();

  /** Read it */
  readonly open = output();

  /** Take the preview away, unread */
  readonly dismiss = output();

  protected readonly t = injectTranslate();
}
