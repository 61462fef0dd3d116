import { type FocusTrap, FocusTrapFactory } from '@angular/cdk/a11y';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import {
  ChatSocket,
  ChatStore,
  CustomerChatsStore,
  SupportPresenceStore,
} from '@elite-chat/chat-data-access';
import { ChatThread } from '@elite-chat/chat-thread';
import { Avatar, ClosedNote, ConnectionBanner, Icon, PresenceMark } from '@elite-chat/chat-ui';
import type { Presence } from '@elite-chat/contracts';
import { explainFailure, injectTranslate } from '@elite-chat/i18n';

import { injectMediaQuery } from './media-query';

/** Where the panel covers the page; the same as in its styles. */
const WHOLE_PAGE = '(max-width: 600px), (max-height: 520px)';

/** The open panel: one chat of the customer, as long as the panel is open. */
@Component({
  selector: 'chat-panel',
  imports: [
    Avatar,
    ChatThread,
    ClosedNote,
    ConnectionBanner,
    Icon,
    MatButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    PresenceMark,
  ],
  providers: [ChatStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chat-panel.html',
  styleUrl: './chat-panel.scss',
  host: {
    role: 'dialog',
    tabindex: '-1',
    'aria-labelledby': 'chat-panel-heading',
    '[attr.aria-modal]': 'isWholePage() || null',
  },
})
export class ChatPanel {
  /** Which chat; null: the active one, or as the panel opens the one to go on with */
  readonly chatId = input<string | null>(null);

  /** Close the panel */
  readonly dismiss = output();

  /** The active chat is shown from now on, which may be a new one */
  readonly activeWanted = output();

  protected readonly t = injectTranslate();
  protected readonly store = inject(ChatStore);
  protected readonly socket = inject(ChatSocket);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly support = inject(SupportPresenceStore).isOnline;
  private readonly chats = inject(CustomerChatsStore);
  private readonly thread = viewChild.required(ChatThread);

  /** The chat that is shown; null: the active one. As the panel opens, a closed one comes before a new one. */
  protected readonly shownId = linkedSignal<string | null, string | null>({
    source: this.chatId,
    computation: (id, previous) => id ?? (previous ? null : untracked(() => this.closedChatId())),
  });

  protected readonly isClosed = computed(() => this.store.chat()?.isActive === false);
  /** Whether another chat of the customer is active: a closed one can't be gone on with. */
  protected readonly hasOther = computed(() => {
    const active = this.chats.activeChat();
    return active !== null && active.id !== this.store.chat()?.id;
  });
  /** Not before somebody has written: there is nothing to end. */
  protected readonly hasMenu = computed(() => (this.store.chat()?.lastMessage ?? null) !== null);
  protected readonly failure = computed(() => {
    const error = this.store.failedAct()?.error;
    return error ? this.t('widget.endFailed', { reason: explainFailure(error, this.t) }) : '';
  });

  protected readonly heading = computed(() => this.store.chat()?.admin?.name ?? this.t('widget.support'));
  protected readonly subheading = computed(() => {
    const chat = this.store.chat();
    if (this.isClosed()) return this.t('widget.closed');
    if (this.presence() !== null) return this.t(this.support() ? 'widget.online' : 'widget.away');
    return chat?.admin ? this.t('widget.support') : this.t('widget.unassigned');
  });

  /** Whether somebody is there; not for a chat that is closed, nor while we can't know. */
  protected readonly presence = computed<Presence | null>(() => {
    const isOnline = this.support();
    if (isOnline === null || this.isClosed() || this.socket.state() !== 'connected') return null;
    return isOnline ? 'online' : 'gone';
  });

  /** Whether it covers the page: nobody shall go by the keyboard to what can't be seen. */
  protected readonly isWholePage = injectMediaQuery(WHOLE_PAGE);

  constructor() {
    effect(() => {
      const chat = this.store.chat();
      if (chat) untracked(() => this.chats.learnOf(chat));
    });
    const traps = inject(FocusTrapFactory);
    const trap = signal<FocusTrap | null>(null);
    effect(() => {
      const made = trap();
      if (made) made.enabled = this.isWholePage();
    });
    inject(DestroyRef).onDestroy(() => trap()?.destroy());
    afterNextRender(() => {
      trap.set(traps.create(this.element.nativeElement));
      // Where a touch would bring up the keyboard, the panel gets the focus and the reader sees the thread first.
      if (matchMedia('(pointer: fine)').matches) this.thread().focus();
      else this.element.nativeElement.focus();
    });
  }
  /** A message opens the chat again. */
  protected writeOn(): void {
    this.thread().focus();
  }

  /** Goes to the active chat, or begins a new one. The button goes away: the focus goes where one writes. */
  protected showActive(): void {
    if (this.shownId() === null) this.thread().load();
    else this.shownId.set(null);
    this.activeWanted.emit();
    this.thread().focus();
  }

  private closedChatId(): string | null {
    const chat = this.chats.currentChat();
    return chat && !chat.isActive ? chat.id : null;
  }
}
