import { computed, type Signal, signal } from '@angular/core';
import type { ChatDto, ChatSide, MessageDto, MessagePageDto, ReadReceiptDto } from '@elite-chat/contracts';
import { filter, merge, Subscription } from 'rxjs';
import { ChatRequestError } from '@elite-chat/session';

import type { ChatApi } from '../api/chat-api';
import { withMessage, withReceipt } from '../chats/chat-changes';
import { mergeChat } from '../chats/merge-chats';
import type { Outbox } from '../outbox/outbox';
import type { ChatRooms } from '../realtime/chat-rooms';
import type { ChatSocket } from '../realtime/chat-socket';
import { mergeMessages } from './merge-messages';
import { ReadMarker } from './read-marker';
import { ThreadLog } from './thread-log';
import type { ThreadMessage } from './thread-message';
import { ThreadSync } from './thread-sync';
import { TypingNotifier } from './typing-notifier';
import { TypingPeople } from './typing-people';

/** The parts of the client that an open chat works with. */
export interface OpenChatServices {
  readonly api: ChatApi;
  readonly socket: ChatSocket;
  readonly rooms: ChatRooms;
  readonly outbox: Outbox;
}

/** One chat from opening to closing: what is loaded of it, and what keeps that up to date. */
export class OpenChat {
  private readonly known = signal<ChatDto | null>(null);
  private readonly log = new ThreadLog();
  private readonly people = new TypingPeople();
  private readonly isLoading = signal(false);
  private readonly olderFault = signal<ChatRequestError | null>(null);
  private readonly subscriptions = new Subscription();
  private readonly room;
  private readonly sync;
  private readonly marker;

  /** Says that we write. */
  readonly notifier;

  // What a ChatStore shows; described there.
  readonly chat = this.known.asReadonly();
  readonly typing = this.people.list;
  readonly hasOlder = this.log.hasOlder;
  readonly readSeq = this.log.readSeq;
  readonly isLoadingOlder = this.isLoading.asReadonly();
  readonly olderError = this.olderFault.asReadonly();
  readonly messages: Signal<readonly ThreadMessage[]>;

  /** `lost` is told once when the chat is not there for us any more. */
  constructor(
    readonly id: string,
    readonly side: ChatSide,
    private readonly services: OpenChatServices,
    lost: (error: ChatRequestError) => void,
  ) {
    const { socket, rooms, outbox } = services;
    const unsent = outbox.of(id);
    this.messages = computed(() => mergeMessages(this.log.messages(), unsent()));
    this.room = rooms.hold(id);
    this.notifier = new TypingNotifier((isTyping) => {
      // A sign that does not arrive is not worth a word.
      socket.emitWithAck('typing', { chatId: id, isTyping }).catch(() => undefined);
    });
    this.marker = new ReadMarker(
      (seq) => socket.emitWithAck('mark_read', { chatId: id, seq }),
      (receipt) => this.receiveReceipt(receipt),
    );
    this.sync = new ThreadSync(this.log, {
      join: () => this.room.join(),
      newest: () => this.page({}),
      after: (after, limit) => socket.emitWithAck('get_messages', { chatId: id, after, limit }),
      joined: ({ chat }) => this.take(chat),
      caughtUp: ({ messages }) => messages.forEach((message) => this.count(message)),
      lost: (error) => lost(error),
    });
    this.listen();
  }

  /** Loads the newest page, and then enters the room; rejects when the page can't be had. */
  async load(): Promise<void> {
    this.log.reset(await this.page({}));
    void this.sync.synchronize();
  }

  /** Takes a row of this chat. */
  adopt(chat: ChatDto): void {
    if (chat.id !== this.id) return;
    this.take(chat);
    const isRestored = this.log.epoch !== null && this.log.epoch !== chat.epoch;
    if (isRestored) void this.sync.synchronize();
  }

  async loadOlder(): Promise<void> {
    if (this.isLoading() || !this.hasOlder()) return;
    this.isLoading.set(true);
    this.olderFault.set(null);
    try {
      let page: MessagePageDto;
      // A page may be empty while the one before it is not.
      do {
        const before = this.log.firstSeq;
        page = await this.page({ before });
        if (page.epoch !== this.log.epoch) return await this.sync.synchronize();
        // The thread was loaded anew meanwhile: this page would leave a hole behind it.
        if (this.log.firstSeq !== before) return;
        this.log.addOlder(page);
      } while (page.messages.length === 0 && page.hasMore);
    } catch (fault) {
      this.olderFault.set(ChatRequestError.from(fault));
    } finally {
      this.isLoading.set(false);
    }
  }

  send(text: string): Promise<void> {
    this.notifier.stop();
    return this.services.outbox.send(this.id, text);
  }

  markRead(): void {
    const last = this.log.messages().findLast((row) => row.status === 'sent');
    if (last?.status !== 'sent') return;
    this.marker.follow(this.log.epoch);
    if (last.message.seq > this.readSeq()[this.side]) this.marker.mark(last.message.seq);
  }

  /** Leaves the room and ends every timer and subscription. */
  end(): void {
    this.subscriptions.unsubscribe();
    this.notifier.stop();
    this.people.clear();
    this.sync.end();
    this.room.release();
  }

  private listen(): void {
    const { socket, outbox } = this.services;
    const ofThisChat = filter((message: MessageDto) => message.chat === this.id);
    this.subscriptions.add(
      merge(socket.newMessage$, outbox.stored$)
        .pipe(ofThisChat)
        .subscribe((message) => this.receive(message)),
    );
    this.subscriptions.add(
      socket.newChatMessage$
        .pipe(filter(({ chat }) => chat.id === this.id))
        .subscribe(({ chat, message }) => {
          this.adopt(chat);
          this.receive(message);
        }),
    );
    this.subscriptions.add(socket.chatUpdated$.subscribe((chat) => this.adopt(chat)));
    this.subscriptions.add(socket.messagesRead$.subscribe((receipt) => this.receiveReceipt(receipt)));
    this.subscriptions.add(
      socket.userTyping$
        .pipe(filter(({ chatId }) => chatId === this.id))
        .subscribe((typing) => this.people.receive(typing)),
    );
    this.subscriptions.add(
      merge(socket.connected$, socket.resumed$).subscribe(() => {
        this.marker.flush();
        void this.sync.synchronize();
      }),
    );
  }

  private take(chat: ChatDto): void {
    this.known.update((known) => (known ? mergeChat(known, chat) : chat));
    if (this.log.epoch === null || this.log.epoch === chat.epoch) this.log.raiseMarks(chat.readSeq);
  }

  private receive(message: MessageDto): void {
    if (message.sender !== null) this.people.remove(message.sender);
    // One that came early is counted when those before it are there.
    if (message.seq === (this.known()?.lastSeq ?? 0) + 1) this.count(message);
    if (this.log.receive(message)) void this.sync.catchUp();
  }

  private receiveReceipt(receipt: ReadReceiptDto): void {
    if (receipt.chatId !== this.id) return;
    this.log.receiveReceipt(receipt);
    this.known.update((chat) => chat && withReceipt(chat, receipt));
  }

  private count(message: MessageDto): void {
    this.known.update((chat) => chat && withMessage(chat, message));
  }

  private page(query: { before?: number }): Promise<MessagePageDto> {
    const { api } = this.services;
    return this.side === 'user' ? api.userMessages(this.id, query) : api.adminMessages(this.id, query);
  }
}
