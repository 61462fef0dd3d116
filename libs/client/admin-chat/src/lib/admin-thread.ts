import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  model,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { ChatStore, SessionStore } from '@elite-chat/chat-data-access';
import { Avatar, Conversation, type DisplayedMessage, Icon, injectPageVisibility } from '@elite-chat/chat-ui';

/** One customer's chat as an admin reads and answers it. */
@Component({
  selector: 'chat-admin-thread',
  imports: [Avatar, Conversation, Icon, RouterLink],
  providers: [ChatStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './admin-thread.html',
  styleUrl: './admin-thread.scss',
})
export class AdminThread {
  /** Which chat */
  readonly chatId = input.required<string>();

  /** What has been written and not sent */
  readonly draft = model('');

  protected readonly store = inject(ChatStore);
  private readonly session = inject(SessionStore);
  private readonly isPageVisible = injectPageVisibility();
  private readonly conversation = viewChild.required(Conversation);

  protected readonly isAtEnd = signal(false);
  protected readonly readerId = computed(() => this.session.user()?.id ?? null);
  protected readonly typingNames = computed(() => this.store.typing().map(({ name }) => name));
  protected readonly assignee = computed(() => {
    const chat = this.store.chat();
    if (!chat) return '';
    if (!chat.admin) return 'Unassigned: who answers first takes it';
    return chat.admin.id === this.readerId() ? 'Assigned to you' : `Assigned to ${chat.admin.name}`;
  });

  /** Where the new messages began when the chat was opened; what comes later needs no line. */
  protected readonly unreadAfter = linkedSignal({
    source: () => this.store.status() === 'ready',
    computation: (isReady) =>
      untracked(() => (isReady && this.store.unreadCount() > 0 ? this.store.readSeq().admin : null)),
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
    // Opening a chat means to answer it, except where the on-screen keyboard would cover what is to be read.
    effect(() => {
      if (this.store.status() === 'ready' && matchMedia('(pointer: fine)').matches) {
        untracked(() => this.conversation().focus());
      }
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

  private load(chatId: string): void {
    void this.store.open(chatId);
  }
}
