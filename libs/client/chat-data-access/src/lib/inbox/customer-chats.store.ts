import { computed, DestroyRef, effect, inject, Injectable, type Signal, untracked } from '@angular/core';
import type { ChatDto, MessageDto } from '@elite-chat/contracts';
import { merge, Subscription } from 'rxjs';
import { ChatRequestError, endWithUser } from '@elite-chat/session';

import { ChatApi } from '../api/chat-api';
import { withMessage } from '../chats/chat-changes';
import type { LoadStatus } from '../load-status';
import { Outbox } from '../outbox/outbox';
import { ChatRooms, type RoomHold } from '../realtime/chat-rooms';
import { ChatSocket } from '../realtime/chat-socket';
import { resyncs } from '../realtime/resyncs';
import { RetryTimer } from '../realtime/retry-timer';
import { LoadedChats } from './loaded-chats';

/** The customer's own conversations, and the launcher's badge; kept up to date while it is started. */
@Injectable({ providedIn: 'root' })
export class CustomerChatsStore {
  private readonly api = inject(ChatApi);
  private readonly socket = inject(ChatSocket);
  private readonly rooms = inject(ChatRooms);
  private readonly outbox = inject(Outbox);
  private readonly joinRetry = new RetryTimer();
  private readonly list = new LoadedChats((query) => this.api.userChats(query));
  private readonly claim = endWithUser(() => this.stop());
  private following: Subscription | null = null;
  /** The current chat's room: its messages are heard while the widget is closed. */
  private room: (RoomHold & { chatId: string }) | null = null;

  /** The loaded chats, newest activity first. */
  readonly chats: Signal<readonly ChatDto[]> = this.list.chats;

  /** The chat that is not closed; null when there is none. */
  readonly activeChat: Signal<ChatDto | null> = computed(
    () => this.chats().find(({ isActive }) => isActive) ?? null,
  );

  /** The chat to go on with: the active one, else the newest in which somebody has written; null: there is none. */
  readonly currentChat: Signal<ChatDto | null> = computed(
    () => this.activeChat() ?? this.chats().find(({ lastMessage }) => lastMessage !== null) ?? null,
  );

  /** How many messages of the current chat the customer has not read. */
  readonly unreadCount: Signal<number> = computed(() => this.currentChat()?.unreadCount.user ?? 0);

  /** How loading the first page stands. */
  readonly status: Signal<LoadStatus> = this.list.status;

  /** Why the last loading failed; null otherwise. What may pass is tried again at the next connection. */
  readonly error: Signal<ChatRequestError | null> = this.list.error;

  /** Whether there are chats after the last one loaded. */
  readonly hasMore: Signal<boolean> = this.list.hasMore;

  /** Why the last further page could not be loaded; null otherwise. `loadMore` tries again. */
  readonly moreError: Signal<ChatRequestError | null> = this.list.moreError;

  /** Whether a further page is being loaded. */
  readonly isLoadingMore: Signal<boolean> = this.list.isLoadingMore;

  constructor() {
    effect(() => {
      const chatId = this.currentChat()?.id ?? null;
      untracked(() => this.hear(chatId));
    });
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  /** Loads the list and follows it; also tries again after a failure. */
  async start(): Promise<void> {
    this.claim();
    this.following ??= this.follow();
    await this.list.reload();
  }

  /** Stops following and forgets the list. */
  stop(): void {
    this.following?.unsubscribe();
    this.following = null;
    this.hear(null);
    this.list.clear();
  }

  /** Takes in a chat that was opened, where it is new: as long as nothing is written in it, no event tells of it. */
  learnOf(chat: ChatDto): void {
    if (this.following && !this.list.has(chat.id)) this.list.receive(chat);
  }

  /** Loads the next page; a failure stands in `moreError`. */
  loadMore(): Promise<void> {
    return this.list.loadMore();
  }

  private follow(): Subscription {
    const { newMessage$, chatUpdated$, messagesRead$ } = this.socket;
    const following = new Subscription();
    following.add(
      resyncs(this.socket).subscribe(() => {
        this.join();
        void this.list.reload();
      }),
    );
    following.add(merge(newMessage$, this.outbox.stored$).subscribe((message) => this.receive(message)));
    following.add(chatUpdated$.subscribe((chat) => this.list.receive(chat)));
    following.add(messagesRead$.subscribe((receipt) => this.list.receiveReceipt(receipt)));
    return following;
  }

  private receive(message: MessageDto): void {
    const known = this.chats().find(({ id }) => id === message.chat);
    // Unread is counted message by message: where one is missing, the server's own count is asked for.
    if (known && message.seq <= known.lastSeq + 1) this.list.change((chat) => withMessage(chat, message));
    else void this.list.reload();
  }

  private hear(chatId: string | null): void {
    if (this.room?.chatId === chatId) return;
    this.joinRetry.succeeded();
    this.room?.release();
    this.room = chatId === null ? null : { chatId, ...this.rooms.hold(chatId) };
    this.join();
  }

  private join(): void {
    this.room
      ?.join()
      .then(({ chat }) => {
        this.joinRetry.succeeded();
        if (this.list.has(chat.id)) this.list.receive(chat);
      })
      .catch((fault: unknown) => {
        const error = ChatRequestError.from(fault);
        // Without a connection the next one joins again.
        if (error.code !== 'network') this.joinRetry.plan(error, () => this.join());
      });
  }
}
