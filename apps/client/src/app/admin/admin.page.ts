import { ChangeDetectionStrategy, Component, DestroyRef, effect, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { InboxStore, OverviewStore } from '@elite-chat/chat-data-access';
import { UnreadBadge } from '@elite-chat/chat-ui';
import { injectTranslate } from '@elite-chat/i18n';

import { NewMessageNotices } from '../notices/new-message-notices';
import { PageTitle } from '../page-title';
import { Shell } from '../shell/shell';

/** The frame of the admin area: its tabs and the page of the chosen one. */
@Component({
  selector: 'chat-admin-page',
  imports: [RouterLink, RouterLinkActive, RouterOutlet, Shell, UnreadBadge],
  providers: [NewMessageNotices],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <chat-shell>
      <ng-container chatShellNavigation>
        <a class="tab" routerLink="/admin/overview" routerLinkActive="active" ariaCurrentWhenActive="page">
          {{ t('title.overview') }}
        </a>
        <a class="tab" routerLink="/admin/messages" routerLinkActive="active" ariaCurrentWhenActive="page">
          {{ t('title.messages') }}
          <chat-unread-badge [count]="overview.figures()?.unread ?? 0" words="unread.conversations" />
        </a>
        <a class="tab" routerLink="/admin/team" routerLinkActive="active" ariaCurrentWhenActive="page">
          {{ t('title.team') }}
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
      white-space: nowrap;
    }
    @media (max-width: 600px) {
      .tab {
        padding-inline: 7px;
        gap: 4px;
        font-size: var(--chat-text-13);
      }
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
      outline-offset: -2px;
    }
  `,
})
export class AdminPage {
  private readonly inbox = inject(InboxStore);
  protected readonly overview = inject(OverviewStore);
  protected readonly t = injectTranslate();

  constructor() {
    // Followed as long as the admin area is open: the tab shows the number on every page of it.
    void this.inbox.start();
    void this.overview.start();
    inject(NewMessageNotices);
    const title = inject(PageTitle);
    effect(() => title.showUnread(this.overview.figures()?.unread ?? 0));
    inject(DestroyRef).onDestroy(() => {
      this.inbox.stop();
      this.overview.stop();
      title.showUnread(0);
    });
  }
}
