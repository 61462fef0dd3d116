import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  signal,
  untracked,
} from '@angular/core';
import { CustomerChatsStore } from '@elite-chat/chat-data-access';
import { SessionStore } from '@elite-chat/session';
import {
  ChatRow,
  EmptyState,
  injectCurrentTime,
  injectPageVisibility,
  ListSkeleton,
} from '@elite-chat/chat-ui';
import { ChatWidget } from '@elite-chat/chat-widget';
import type { ChatDto } from '@elite-chat/contracts';
import { explainFailure, formatAge, injectTranslate, LanguageStore } from '@elite-chat/i18n';
import { MatButton } from '@angular/material/button';

import { ChatInView } from '../notices/chat-in-view';
import { MessageAlerts } from '../notices/message-alerts';
import { PageTitle } from '../page-title';
import { Shell } from '../shell/shell';
import { greetingAt } from './greeting';

/** The customer's page: a greeting, their conversations, and the widget. */
@Component({
  selector: 'chat-dashboard-page',
  imports: [ChatRow, ChatWidget, EmptyState, ListSkeleton, MatButton, Shell],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './dashboard.page.html',
  styleUrl: './dashboard.page.scss',
})
export class DashboardPage {
  private readonly session = inject(SessionStore);
  private readonly locale = inject(LanguageStore).locale;
  private readonly now = injectCurrentTime();
  protected readonly t = injectTranslate();
  protected readonly chats = inject(CustomerChatsStore);

  /** Which conversation the widget shows; null: the one to go on with */
  protected readonly shownChatId = signal<string | null>(null);
  protected readonly isWidgetOpen = signal(false);

  protected readonly greeting = computed(() =>
    greetingAt(this.now(), this.session.user()?.name ?? '', this.t),
  );
  protected readonly failure = computed(() => {
    const error = this.chats.error();
    return error ? explainFailure(error, this.t) : '';
  });
  protected readonly rows = computed(() =>
    this.chats
      .chats()
      .filter(({ lastMessage }) => lastMessage !== null)
      .map((chat) => ({
        id: chat.id,
        isActive: chat.isActive,
        name: chat.admin?.name ?? this.t('widget.support'),
        preview: this.previewOf(chat),
        age: chat.lastMessageTime ? formatAge(new Date(chat.lastMessageTime), this.now(), this.locale()) : '',
        note: chat.isActive ? '' : this.t('inbox.closed'),
        unread: chat.unreadCount.user,
      })),
  );

  constructor() {
    void this.chats.start();
    const title = inject(PageTitle);
    const alerts = inject(MessageAlerts);
    const isPageVisible = injectPageVisibility();
    // What comes into the open panel is seen.
    inject(ChatInView).follow(
      computed(() => {
        const current = this.chats.currentChat()?.id ?? null;
        const isShown = (this.shownChatId() ?? current) === current;
        return this.isWidgetOpen() && isShown && isPageVisible() ? current : null;
      }),
    );
    let unreadBefore = Infinity;
    effect(() => {
      const unread = this.chats.unreadCount();
      const isReady = this.chats.status() === 'ready';
      title.showUnread(unread);
      const chat = untracked(this.chats.currentChat);
      // What was unread at the beginning is no news.
      if (chat && unread > unreadBefore) void alerts.alert(chat, chat.lastSeq);
      unreadBefore = isReady ? unread : Infinity;
    });
    inject(DestroyRef).onDestroy(() => {
      this.chats.stop();
      title.showUnread(0);
    });
  }

  private previewOf({ lastMessage, lastSender }: ChatDto): string {
    const text = lastMessage ?? '';
    return lastSender?.role === 'user' ? this.t('inbox.preview.yours', { text }) : text;
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
