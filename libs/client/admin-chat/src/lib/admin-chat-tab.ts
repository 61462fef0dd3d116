import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { ChatSocket, DraftStore, InboxStore, SessionStore } from '@elite-chat/chat-data-access';
import { ChatList, ConnectionBanner, EmptyState, explainFailure, ListSkeleton } from '@elite-chat/chat-ui';
import { injectTranslate } from '@elite-chat/i18n';

import { AdminThread } from './admin-thread';

/** The Messages tab of the admin area: everybody who has written, and the open chat. */
@Component({
  selector: 'chat-admin-chat-tab',
  imports: [AdminThread, ChatList, ConnectionBanner, EmptyState, ListSkeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './admin-chat-tab.html',
  styleUrl: './admin-chat-tab.scss',
  host: { '[class.reading]': '!!chatId()' },
})
export class AdminChatTab {
  /** The open chat, from the address; none: the list alone */
  readonly chatId = input<string>();

  protected readonly t = injectTranslate();
  protected readonly inbox = inject(InboxStore);
  protected readonly socket = inject(ChatSocket);
  protected readonly drafts = inject(DraftStore).drafts;
  private readonly session = inject(SessionStore);

  protected readonly readerId = computed(() => this.session.user()?.id ?? null);
  /** The open chat as a list of one, or none. */
  protected readonly openChats = computed(() => {
    const id = this.chatId();
    return id === undefined ? [] : [{ id }];
  });
  protected readonly failure = computed(() => {
    const error = this.inbox.error();
    return error ? explainFailure(error, this.t) : '';
  });

  protected reload(): void {
    void this.inbox.start();
  }

  protected loadMore(): void {
    void this.inbox.loadMore();
  }
}
