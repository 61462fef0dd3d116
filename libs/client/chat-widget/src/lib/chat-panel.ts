import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
  model,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { ChatSocket, ChatStore, SessionStore } from '@elite-chat/chat-data-access';
import {
  Avatar,
  ConnectionBanner,
  Conversation,
  type DisplayedMessage,
  Icon,
  injectPageVisibility,
} from '@elite-chat/chat-ui';

/** The open panel: one chat of the customer, as long as the panel is open. */
@Component({
  selector: 'chat-panel',
  imports: [Avatar, ConnectionBanner, Conversation, Icon],
  providers: [ChatStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chat-panel.html',
  styleUrl: './chat-panel.scss',
  host: { role: 'dialog', tabindex: '-1', 'aria-labelledby': 'chat-panel-heading' },
})
export class ChatPanel {
  /** Which chat; null: the active one */
  readonly chatId = input<string | null>(null);

  /** What has been written and not sent */
  readonly draft = model('');

  /** Close the panel */
  readonly dismiss = output();

  protected readonly store = inject(ChatStore);
  protected readonly socket = inject(ChatSocket);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly session = inject(SessionStore);
  private readonly isPageVisible = injectPageVisibility();
  private readonly conversation = viewChild.required(Conversation);

  protected readonly isAtEnd = signal(false);
  protected readonly readerId = computed(() => this.session.user()?.id ?? null);
  protected readonly heading = computed(() => this.store.chat()?.admin?.name ?? 'Support');
  protected readonly subheading = computed(() => {
    const chat = this.store.chat();
    if (chat && !chat.isActive) return 'This conversation is closed. Write to open it again.';
    return chat?.admin ? 'Support' : 'Write to us; we answer here.';
  });
  protected readonly typingNames = computed(() => this.store.typing().map(({ name }) => name));

  /** Where the reader's new messages began when the chat was shown; what comes later needs no line. */
  protected readonly unreadAfter = linkedSignal({
    source: () => (this.store.status() === 'ready' ? (this.store.chat()?.id ?? null) : null),
    computation: (shown) =>
      untracked(() => (shown && this.store.unreadCount() > 0 ? this.store.readSeq().user : null)),
  });

  constructor() {
    effect(() => {
      const chatId = this.chatId();
      untracked(() => this.load(chatId));
    });
    effect(() => {
      const isSeen = this.store.status() === 'ready' && this.isPageVisible() && this.isAtEnd();
      if (isSeen && this.store.unreadCount() > 0) this.store.markRead();
    });
    afterNextRender(() => {
      // Where a touch would bring up the keyboard, the panel gets the focus and the reader sees the thread first.
      if (matchMedia('(pointer: fine)').matches) this.conversation().focus();
      else this.element.nativeElement.focus();
    });
  }

  protected reload(): void {
    this.load(this.chatId());
  }

  protected loadOlder(): void {
    void this.store.loadOlder();
  }

  protected retry({ message }: DisplayedMessage): void {
    this.store.retry(message.clientMessageId);
  }

  protected discard({ message }: DisplayedMessage): void {
    this.store.discard(message.clientMessageId);
  }

  private load(chatId: string | null): void {
    void (chatId === null ? this.store.openOwn() : this.store.open(chatId));
  }
}
