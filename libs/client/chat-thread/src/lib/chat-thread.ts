import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { ChatStore, DraftStore } from '@elite-chat/chat-data-access';
import { ChatRequestError, SessionStore } from '@elite-chat/session';
import { Conversation, injectPageVisibility, type ThreadEdge } from '@elite-chat/chat-ui';
import type { ChatSide } from '@elite-chat/contracts';

/** The draft of a customer whose active chat is not known yet, or not made. */
const OWN_CHAT = 'own';

/**
 * One open chat, for either side: opens it, shows it, keeps its draft, and marks it read while it is seen.
 * Who places it provides the `ChatStore`, and so can show what the chat is besides; what they mark `chatThreadNote`
 * stands above the composer.
 */
@Component({
  selector: 'chat-thread',
  imports: [Conversation],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chat-thread.html',
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-block-size: 0;
    }
    chat-conversation {
      flex: 1;
    }
  `,
})
export class ChatThread {
  /** Which chat; null: the customer's active one */
  readonly chatId = input<string | null>(null);

  /** The reader's side */
  readonly side = input.required<ChatSide>();

  /** What a thread without messages says: a heading, and what to do */
  readonly emptyHeading = input.required<string>();
  readonly emptyText = input('');

  protected readonly store = inject(ChatStore);
  private readonly drafts = inject(DraftStore);
  private readonly session = inject(SessionStore);
  private readonly isPageVisible = injectPageVisibility();
  /** What was sent and is not safe yet. */
  private readonly sending = new Set<Promise<void>>();
  private readonly conversation = viewChild.required(Conversation);

  protected readonly isAtEnd = signal(false);
  /** Why the last text was not taken; null once something else is written. */
  protected readonly refusal = linkedSignal<string, ChatRequestError | null>({
    source: () => this.draftKey(),
    computation: () => null,
  });
  protected readonly readerId = computed(() => this.session.user()?.id ?? null);
  protected readonly draft = computed(() => this.drafts.of(this.draftKey()));
  protected readonly typingNames = computed(() => this.store.typing().map(({ name }) => name));
  protected readonly otherSideReadSeq = computed(() =>
    this.side() === 'user' ? this.store.readSeq().admin : this.store.readSeq().user,
  );

  protected readonly older = computed<ThreadEdge>(() => ({
    hasMore: this.store.hasOlder(),
    isLoading: this.store.isLoadingOlder(),
    error: this.store.olderError(),
  }));

  protected readonly newer = computed<ThreadEdge>(() => ({
    hasMore: this.store.hasNewer(),
    isLoading: this.store.isLoadingNewer(),
    error: this.store.newerError(),
  }));

  /** Where the reader's new messages began when the chat was shown; what comes later needs no line. */
  protected readonly unreadAfter = linkedSignal({
    source: () => (this.store.status() === 'ready' ? (this.store.chat()?.id ?? null) : null),
    computation: (shown) =>
      untracked(() => (shown && this.store.unreadCount() > 0 ? this.store.readSeq()[this.side()] : null)),
  });

  /** An admin who only looks at another's chat clears nobody's badge. */
  private readonly isOursToRead = computed(() => {
    const admin = this.store.chat()?.admin;
    return this.side() === 'user' || !admin || admin.id === this.readerId();
  });

  protected readonly draftKey = computed(() => this.chatId() ?? OWN_CHAT);

  constructor() {
    effect(() => {
      this.chatId();
      untracked(() => this.load());
    });
    effect(() => {
      const isSeen = this.store.status() === 'ready' && this.isPageVisible() && this.isAtEnd();
      if (isSeen && this.isOursToRead() && this.store.unreadCount() > 0) this.store.markRead();
    });
  }

  /** Puts the cursor where a message is written. */
  focus(): void {
    this.conversation().focus();
  }

  /** Opens the chat, anew where it is open: without an id that may be another one. */
  load(): void {
    const chatId = this.chatId();
    void (chatId === null ? this.store.openOwn() : this.store.open(chatId));
  }

  /** Sends a text: until it is safe, it stays the draft that an earlier page would leave. */
  protected send(text: string): void {
    const key = this.draftKey();
    this.refusal.set(null);
    const sending = this.store
      .send(text)
      .then(() => {
        this.sending.delete(sending);
        // What has been written meanwhile is a draft of its own.
        if (this.sending.size === 0 && this.drafts.of(key) === text) this.drafts.keep(key, '');
      })
      .catch((fault: unknown) => {
        this.sending.delete(sending);
        // In another chat by now: there it is the draft still.
        if (this.draftKey() !== key) return;
        this.conversation().putBack(text);
        this.refusal.set(ChatRequestError.from(fault));
      });
    this.sending.add(sending);
  }

  protected follow(isAtEnd: boolean): void {
    this.isAtEnd.set(isAtEnd);
    this.store.follow(isAtEnd);
  }

  protected keepDraft(text: string): void {
    if (text !== '') this.refusal.set(null);
    if (text !== '' || this.sending.size === 0) this.drafts.keep(this.draftKey(), text);
  }
}
