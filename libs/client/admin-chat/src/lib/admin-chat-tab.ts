import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  untracked,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  ChatSocket,
  CustomerPresenceStore,
  DraftStore,
  InboxStore,
  InboxTyping,
  OverviewStore,
} from '@elite-chat/chat-data-access';
import { SessionStore } from '@elite-chat/session';
import { ChatList, ConnectionBanner, EmptyState, ListSkeleton } from '@elite-chat/chat-ui';
import { INBOX_FILTERS, type InboxFilter, type OverviewDto } from '@elite-chat/contracts';
import { explainFailure, injectTranslate, type MessageKey } from '@elite-chat/i18n';

import { AdminThread } from './admin-thread';

/** Whose chats are listed, each with how many of these are open. */
const TABS: readonly { filter: InboxFilter; label: MessageKey; figure: keyof OverviewDto }[] = [
  { filter: 'mine', label: 'filter.mine', figure: 'mine' },
  { filter: 'unassigned', label: 'filter.unassigned', figure: 'unassigned' },
  { filter: 'all', label: 'filter.all', figure: 'open' },
];

const FILTERS: readonly { filter: InboxFilter; label: MessageKey }[] = [
  { filter: 'waiting', label: 'filter.waiting' },
  { filter: 'unread', label: 'filter.unread' },
  { filter: 'open', label: 'filter.open' },
];

const EMPTY_TEXTS: Record<InboxFilter, MessageKey> = {
  all: 'inbox.empty.text',
  mine: 'filter.empty.mine',
  unassigned: 'filter.empty.unassigned',
  waiting: 'filter.empty.waiting',
  unread: 'filter.empty.unread',
  open: 'filter.empty.open',
};

/** The Messages tab of the admin area: everybody who has written, and the open chat. */
@Component({
  selector: 'chat-admin-chat-tab',
  imports: [AdminThread, ChatList, ConnectionBanner, EmptyState, ListSkeleton, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './admin-chat-tab.html',
  styleUrl: './admin-chat-tab.scss',
  host: { '[class.reading]': '!!chatId()' },
})
export class AdminChatTab {
  /** The open chat, from the address; none: the list alone */
  readonly chatId = input<string>();

  /** Which chats are listed, from the address; unknown words mean all */
  readonly show = input<InboxFilter, string | undefined>('all', { transform: toFilter });

  protected readonly t = injectTranslate();
  protected readonly tabs = TABS;
  protected readonly filters = FILTERS;
  protected readonly overview = inject(OverviewStore);
  protected readonly inbox = inject(InboxStore);
  protected readonly socket = inject(ChatSocket);
  protected readonly drafts = inject(DraftStore).drafts;
  protected readonly typing = inject(InboxTyping);
  protected readonly customers = inject(CustomerPresenceStore);
  private readonly session = inject(SessionStore);

  protected readonly readerId = computed(() => this.session.user()?.id ?? null);
  /** The open chat as a list of one, or none. */
  protected readonly openChats = computed(() => {
    const id = this.chatId();
    return id === undefined ? [] : [{ id }];
  });
  /** Whether anything is left to list. */
  protected readonly hasRows = computed(() => this.inbox.chats().length > this.inbox.leaving().size);

  protected readonly failure = computed(() => {
    const error = this.inbox.error();
    return error ? explainFailure(error, this.t) : '';
  });

  /** What an empty list says: that nobody has written at all, or nothing that fits. */
  protected readonly emptyText = computed(() => EMPTY_TEXTS[this.inbox.filter()]);

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.typing.stop();
      this.customers.watch('list', []);
    });
    effect(() => {
      const filter = this.show();
      untracked(() => void this.inbox.show(filter));
    });
  }

  /** The rows of these chats are in view. */
  protected watch(chatIds: readonly string[]): void {
    this.typing.watch(chatIds);
    const inView = new Set(chatIds);
    const customers = this.inbox.chats().filter(({ id }) => inView.has(id));
    this.customers.watch(
      'list',
      customers.map(({ user }) => user.id),
    );
  }

  protected reload(): void {
    void this.inbox.start();
  }

  protected loadMore(): void {
    void this.inbox.loadMore();
  }
}

function toFilter(word: string | undefined): InboxFilter {
  return INBOX_FILTERS.find((filter) => filter === word) ?? 'all';
}
