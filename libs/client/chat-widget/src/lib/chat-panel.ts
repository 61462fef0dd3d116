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
  output,
  signal,
  viewChild,
} from '@angular/core';
import { ChatSocket, ChatStore, SupportPresenceStore } from '@elite-chat/chat-data-access';
import { ChatThread } from '@elite-chat/chat-thread';
import { Avatar, ConnectionBanner, Icon, PresenceMark } from '@elite-chat/chat-ui';
import type { Presence } from '@elite-chat/contracts';
import { injectTranslate } from '@elite-chat/i18n';

import { injectMediaQuery } from './media-query';

/** Where the panel covers the page; the same as in its styles. */
const WHOLE_PAGE = '(max-width: 600px), (max-height: 520px)';

/** The open panel: one chat of the customer, as long as the panel is open. */
@Component({
  selector: 'chat-panel',
  imports: [Avatar, ChatThread, ConnectionBanner, Icon, PresenceMark],
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
  /** Which chat; null: the active one */
  readonly chatId = input<string | null>(null);

  /** Close the panel */
  readonly dismiss = output();

  protected readonly t = injectTranslate();
  protected readonly store = inject(ChatStore);
  protected readonly socket = inject(ChatSocket);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly support = inject(SupportPresenceStore).isOnline;
  private readonly thread = viewChild.required(ChatThread);

  protected readonly heading = computed(() => this.store.chat()?.admin?.name ?? this.t('widget.support'));
  protected readonly subheading = computed(() => {
    const chat = this.store.chat();
    if (chat && !chat.isActive) return this.t('widget.closed');
    if (this.presence() !== null) return this.t(this.support() ? 'widget.online' : 'widget.away');
    return chat?.admin ? this.t('widget.support') : this.t('widget.unassigned');
  });

  /** Whether somebody is there; not for a chat that is closed, nor while we can't know. */
  protected readonly presence = computed<Presence | null>(() => {
    const isOnline = this.support();
    const isClosed = this.store.chat()?.isActive === false;
    if (isOnline === null || isClosed || this.socket.state() !== 'connected') return null;
    return isOnline ? 'online' : 'gone';
  });

  /** Whether it covers the page: nobody shall go by the keyboard to what can't be seen. */
  protected readonly isWholePage = injectMediaQuery(WHOLE_PAGE);

  constructor() {
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
}
