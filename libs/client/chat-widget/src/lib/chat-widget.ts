import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  Injector,
  input,
  model,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { CustomerChatsStore, SupportPresenceStore } from '@elite-chat/chat-data-access';
import { Icon, UnreadBadge } from '@elite-chat/chat-ui';
import { injectTranslate } from '@elite-chat/i18n';

import { ChatPanel } from './chat-panel';
import { MessagePreview } from './message-preview';
import { injectVisibleArea } from './visible-area';

/** The customer's chat: a floating button in the corner, the panel that it opens, and a preview of what is new. */
@Component({
  selector: 'chat-widget',
  imports: [ChatPanel, Icon, MessagePreview, UnreadBadge],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chat-widget.html',
  styleUrl: './chat-widget.scss',
  host: { role: 'complementary', '[attr.aria-label]': "t('widget.label')" },
})
export class ChatWidget {
  /** Which of the customer's chats the panel shows; null: the one to go on with */
  readonly chatId = input<string | null>(null);

  /** Whether the panel is open */
  readonly open = model(false);

  /** The active chat shall be shown, and no other one: the reader opens it from the preview, or begins a new one */
  readonly activeWanted = output();

  protected readonly t = injectTranslate();
  protected readonly visible = injectVisibleArea();
  protected readonly unreadCount = inject(CustomerChatsStore).unreadCount;

  /** What came while the panel is closed, until it is opened or waved away. */
  protected readonly preview = computed(() => {
    const chat = this.currentChat();
    if (this.open() || this.unreadCount() === 0 || chat?.lastSender?.role !== 'admin') return null;
    return chat.lastSeq === this.dismissedSeq()
      ? null
      : { name: chat.lastSender.name, text: chat.lastMessage };
  });

  private readonly currentChat = inject(CustomerChatsStore).currentChat;
  private readonly dismissedSeq = signal<number | null>(null);
  private readonly injector = inject(Injector);
  private readonly launcher = viewChild.required<ElementRef<HTMLButtonElement>>('launcher');

  constructor() {
    // It hears what each connection begins with, long before the panel shows it.
    inject(SupportPresenceStore);
  }

  protected toggle(): void {
    if (this.open()) this.close();
    else this.open.set(true);
  }

  /** Closes the panel and gives the focus back to what opens it. */
  protected close(): void {
    this.open.set(false);
    this.focusLauncher();
  }

  /** Not the Escape that gives up a word of an input method. */
  protected onEscape(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.isComposing || event.keyCode === 229) return;
    this.close();
  }

  protected openPreviewed(): void {
    this.activeWanted.emit();
    this.open.set(true);
  }

  protected dismissPreview(): void {
    this.dismissedSeq.set(this.currentChat()?.lastSeq ?? null);
    this.focusLauncher();
  }

  private focusLauncher(): void {
    afterNextRender({ write: () => this.launcher().nativeElement.focus() }, { injector: this.injector });
  }
}
