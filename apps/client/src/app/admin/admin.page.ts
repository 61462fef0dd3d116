import { ChangeDetectionStrategy, Component, DestroyRef, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { InboxStore } from '@elite-chat/chat-data-access';
import { UnreadBadge } from '@elite-chat/chat-ui';

import { Shell } from '../shell/shell';

/** The frame of the admin area: its tabs and the page of the chosen one. */
@Component({
  selector: 'chat-admin-page',
  imports: [RouterLink, RouterLinkActive, RouterOutlet, Shell, UnreadBadge],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <chat-shell>
      <ng-container chatShellNavigation>
        <a class="tab" routerLink="/admin/messages" routerLinkActive="active" ariaCurrentWhenActive="page">
          Messages <chat-unread-badge [count]="inbox.unreadChats()" [noun]="noun" />
        </a>
      </ng-container>
      <router-outlet />
    </chat-shell>
  `,
  styles: `
    .tab {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      block-size: 36px;
      padding-inline: 12px;
      border-radius: 18px;
      color: var(--chat-text-muted);
      font-weight: 500;
      text-decoration: none;
    }
    .tab:hover {
      background: var(--chat-tone);
    }
    .tab.active {
      background: var(--chat-accent-tone);
      color: var(--chat-accent);
      font-weight: 600;
    }
    .tab:focus-visible {
      outline: 2px solid var(--chat-accent);
    }
  `,
})
export class AdminPage {
  protected readonly inbox = inject(InboxStore);
  protected readonly noun = ['unread conversation', 'unread conversations'] as const;

  constructor() {
    // Followed as long as the admin area is open: the tab shows the number on every page of it.
    void this.inbox.start();
    inject(DestroyRef).onDestroy(() => this.inbox.stop());
  }
}
