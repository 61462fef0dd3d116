import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ChatDto } from '@elite-chat/contracts';

import { injectCurrentTime } from '../time/current-time';
import { formatAge } from '../time/time-format';
import { ChatRow } from './chat-row';

/** The inbox: every customer who has written, as links to their chats. */
@Component({
  selector: 'chat-list',
  imports: [ChatRow, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <!-- Lists without markers are no lists to Safari: the role says it again. -->
    <ul role="list" aria-label="Conversations">
      @for (row of rows(); track row.id) {
        <li>
          <a
            class="row"
            [class.selected]="row.id === selectedId()"
            [routerLink]="[linkPrefix(), row.id]"
            [attr.aria-current]="row.id === selectedId() ? 'true' : null"
          >
            <chat-row
              [name]="row.name"
              [preview]="row.preview"
              [age]="row.age"
              [note]="row.note"
              [unread]="row.unread"
            />
          </a>
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      gap: 2px;
      margin: 0;
      padding: 8px;
      list-style: none;
    }
    .row {
      display: block;
      padding: 10px 12px;
      border-radius: var(--chat-radius);
      color: inherit;
      text-decoration: none;
    }
    @media (hover: hover) {
      .row:hover:not(.selected) {
        background: var(--chat-tone);
      }
    }
    .row:focus-visible {
      outline: 2px solid var(--chat-accent);
      outline-offset: -2px;
    }
    .row.selected {
      background: var(--chat-accent-tone);
    }
  `,
})
export class ChatList {
  /** The chats, in the order in which they are shown */
  readonly chats = input.required<readonly ChatDto[]>();

  /** The one that is open */
  readonly selectedId = input<string | null>(null);

  /** The reader's id, who is "You" as an assignee */
  readonly readerId = input<string | null>(null);

  /** The path under which each chat has its page */
  readonly linkPrefix = input.required<string>();

  private readonly now = injectCurrentTime();

  protected readonly rows = computed(() =>
    this.chats().map((chat) => ({
      id: chat.id,
      name: chat.user.name,
      preview: this.senderNote(chat) + (chat.lastMessage ?? 'No messages yet'),
      age: chat.lastMessageTime ? formatAge(new Date(chat.lastMessageTime), this.now()) : '',
      note: this.assigneeNote(chat),
      unread: chat.unreadCount.admin,
    })),
  );

  private senderNote({ lastSender }: ChatDto): string {
    if (lastSender?.role !== 'admin') return '';
    return lastSender.id === this.readerId() ? 'You: ' : `${lastSender.name}: `;
  }

  private assigneeNote({ admin, isActive }: ChatDto): string {
    if (!isActive) return 'Closed';
    if (!admin) return 'Unassigned';
    return admin.id === this.readerId() ? 'Assigned to you' : admin.name;
  }
}
