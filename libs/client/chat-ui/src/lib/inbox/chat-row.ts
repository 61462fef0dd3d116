import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import type { Presence } from '@elite-chat/contracts';

import { Avatar } from '../avatar/avatar';
import { UnreadBadge } from '../badge/unread-badge';
import { PresenceMark } from '../presence/presence-mark';

/** What one row of a list of chats shows; the list around it makes a link or a button of it. */
@Component({
  selector: 'chat-row',
  imports: [Avatar, PresenceMark, UnreadBadge],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.closed]': 'isClosed()' },
  template: `
    <span class="person">
      <chat-avatar [name]="name()" />
      @if (presence(); as state) {
        @if (state !== 'gone') {
          <chat-presence-mark [presence]="state" />
        }
      }
    </span>
    <span class="name" [class.strong]="isUnread()">{{ name() }}</span>
    <span class="age">{{ age() }}</span>
    <span class="preview" [class.strong]="isUnread()" [class.lively]="isLively()" dir="auto">{{
      preview()
    }}</span>
    <span class="end">
      @if (note()) {
        <span class="note">{{ note() }}</span>
      }
      <chat-unread-badge [count]="unread()" [cap]="9" />
    </span>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      column-gap: 12px;
      row-gap: 2px;
      align-items: center;
      text-align: start;
    }
    .person {
      position: relative;
      display: grid;
      grid-row: span 2;
    }
    chat-presence-mark {
      position: absolute;
      inset-block-end: -1px;
      inset-inline-end: -1px;
      padding: 2px;
      border-radius: 50%;
      background: var(--chat-row-ground, var(--chat-surface));
    }
    .name,
    .preview {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .name {
      font-size: var(--chat-text-14);
      font-weight: 500;
    }
    .name.strong {
      font-weight: 700;
    }
    .preview,
    .age,
    .note {
      color: var(--chat-text-muted);
      font-size: var(--chat-text-13);
    }
    .age,
    .note {
      font-size: var(--chat-text-12);
    }
    .age {
      justify-self: end;
      font-variant-numeric: tabular-nums;
    }
    .preview.lively {
      color: var(--chat-accent);
    }
    .preview.strong {
      color: var(--chat-text);
    }
    :host(.closed) .name:not(.strong) {
      color: var(--chat-text-muted);
    }
    :host(.closed) chat-avatar {
      filter: grayscale(1);
    }
    :host(.closed) .note {
      padding: 2px 8px;
      border-radius: 10px;
      background: var(--chat-tone-strong);
      color: var(--chat-text);
    }
    .end {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      gap: 8px;
      min-block-size: 20px;
    }
  `,
})
export class ChatRow {
  /** Whose chat it is */
  readonly name = input.required<string>();

  /** The beginning of the newest message, on one line */
  readonly preview = input.required<string>();

  /** How long ago that was, as it is shown */
  readonly age = input('');

  /** A word about the chat's state, for example who answers */
  readonly note = input('');

  /** Whether the chat is closed */
  readonly isClosed = input(false);

  /** How many messages the reader's side has not read */
  readonly unread = input(0);

  /** Whether the other person is there; null: not known, or not shown */
  readonly presence = input<Presence | null>(null);

  /** Whether the preview tells what happens at this moment, for example that somebody is typing */
  readonly isLively = input(false);

  protected readonly isUnread = computed(() => this.unread() > 0);
}
