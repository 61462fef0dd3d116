import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { CustomerChatsStore, SessionStore } from '@elite-chat/chat-data-access';
import { ChatRow, EmptyState, explainFailure, formatAge, injectCurrentTime } from '@elite-chat/chat-ui';
import { ChatWidget } from '@elite-chat/chat-widget';
import { MatButton } from '@angular/material/button';

import { Shell } from '../shell/shell';
import { greetingAt } from './greeting';

/** The customer's page: a greeting, their conversations, and the widget. */
@Component({
  selector: 'chat-dashboard-page',
  imports: [ChatRow, ChatWidget, EmptyState, MatButton, Shell],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './dashboard.page.html',
  styleUrl: './dashboard.page.scss',
})
export class DashboardPage {
  private readonly session = inject(SessionStore);
  private readonly now = injectCurrentTime();
  protected readonly chats = inject(CustomerChatsStore);

  /** Which conversation the widget shows; null: the active one */
  protected readonly shownChatId = signal<string | null>(null);
  protected readonly isWidgetOpen = signal(false);

  protected readonly greeting = computed(() => greetingAt(this.now(), this.session.user()?.name ?? ''));
  protected readonly failure = computed(() => {
    const error = this.chats.error();
    return error ? explainFailure(error) : '';
  });
  protected readonly rows = computed(() =>
    this.chats
      .chats()
      .filter(({ lastMessage }) => lastMessage !== null)
      .map((chat) => ({
        id: chat.id,
        isActive: chat.isActive,
        name: chat.admin?.name ?? 'Support',
        preview: chat.lastMessage ?? '',
        age: chat.lastMessageTime ? formatAge(new Date(chat.lastMessageTime), this.now()) : '',
        note: chat.isActive ? '' : 'Closed',
        unread: chat.unreadCount.user,
      })),
  );

  constructor() {
    void this.chats.start();
    inject(DestroyRef).onDestroy(() => this.chats.stop());
  }

  protected show(chatId: string | null): void {
    this.shownChatId.set(chatId);
    this.isWidgetOpen.set(true);
  }

  protected reload(): void {
    void this.chats.start();
  }

  protected loadMore(): void {
    void this.chats.loadMore();
  }
}
