import { computed, type Signal, signal } from '@angular/core';
import type {
  ChatDto,
  ChatSide,
  MessageChangeDto,
  MessageDto,
  MessagePageDto,
  ReadReceiptDto,
} from '@elite-chat/contracts';
import { filter, merge, Subscription } from 'rxjs';
import type { ChatRequestError } from '@elite-chat/session';

import type { ChatApi } from '../api/chat-api';
import { isInDoubtAfter, withMessage, withReceipt } from '../chats/chat-changes';
import { mergeChat } from '../chats/merge-chats';
import type { Outbox } from '../outbox/outbox';
import type { ChatRooms } from '../realtime/chat-rooms';
import type { ChatSocket } from '../realtime/chat-socket';
import { resyncs } from '../realtime/resyncs';
import { mergeMessages } from './merge-messages';
import { ReadMarker } from './read-marker';
import { ThreadLog } from './thread-log';
import type { ThreadMessage } from './thread-message';
import { type PageLoading, ThreadPages } from './thread-pages';
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
  private readonly subscriptions = new Subscription();
  private isReaderAtEnd = true;
  private readonly room;
  private readonly sync;
  private readonly pages;
  private readonly marker;

  /** Says that we write. */
  readonly notifier;

  // What a ChatStore shows; described there.
  readonly chat = this.known.asReadonly();
  readonly typing = this.people.list;
  readonly hasOlder = this.log.hasOlder;
  readonly readSeq = this.log.readSeq;
  readonly hasNewer = this.log.hasNewer;
  readonly older: PageLoading;
  readonly newer: PageLoading;
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
    // Own copies stand at the end of the thread, and not of a part of it.
    this.messages = computed(() => mergeMessages(this.log.messages(), this.hasNewer() ? [] : unsent()));
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
      caughtUp: ({ messages }) => this.count(messages),
      lost: (error) => lost(error),
    });
    this.pages = new ThreadPages(this.log, {
      page: (query) => this.page(query),
      catchUp: () => this.sync.catchUp(),
      synchronize: () => this.sync.synchronize(),
      lost: (error) => lost(error),
    });
    this.older = this.pages.older;
    this.newer = this.pages.newer;
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

  loadOlder(): Promise<void> {
    return this.pages.loadOlder();
  }

  loadNewer(): Promise<void> {
    return this.pages.loadNewer();
  }

  /** Makes the end of the thread what is loaded, where something else is. */
  async loadEnd(): Promise<void> {
    if (this.hasNewer()) await this.sync.reload();
  }

  /** Whether the reader sees the end: what is far from them goes first when there is too much. */
  follow(isAtEnd: boolean): void {
    this.isReaderAtEnd = isAtEnd;
  }

  send(text: string): Promise<void> {
    this.notifier.stop();
    const basedOnSeq = this.side === 'admin' ? this.log.shownSeq : null;
    const kept = this.services.outbox.send(this.id, text, basedOnSeq);
    // One's own message is at the end.
    void this.loadEnd();
    return kept;
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
      socket.messageChanged$
        .pipe(filter(({ message }) => message.chat === this.id))
        .subscribe((change) => this.receiveChange(change)),
    );
    this.subscriptions.add(
      socket.newChatMessage$
        .pipe(filter(({ chat }) => chat.id === this.id))
        .subscribe(({ chat, message }) => {
          this.adopt(chat);
          // Of a restored database: what it numbers is not what we have.
          if (this.log.epoch === null || this.log.epoch === chat.epoch) this.receive(message);
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
      resyncs(socket).subscribe(() => {
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
    this.log.receive(message);
    this.log.bound(this.isReaderAtEnd);
    this.count([message]);
    if (this.log.isBehind) void this.sync.catchUp();
  }

  private receiveChange(change: MessageChangeDto): void {
    this.log.receiveChange(change);
    this.count([]);
    if (this.log.isBehind) void this.sync.catchUp();
  }

  private receiveReceipt(receipt: ReadReceiptDto): void {
    if (receipt.chatId !== this.id) return;
    this.log.receiveReceipt(receipt);
    const known = this.known();
    if (!known) return;
    this.known.set(withReceipt(known, receipt));
    if (isInDoubtAfter(known, receipt)) void this.sync.synchronize();
  }

  /** Counts messages once everything before them is there, with those that came before it was. */
  private count(messages: readonly MessageDto[]): void {
    this.known.update((chat) => {
      if (!chat || chat.epoch !== this.log.epoch) return chat;
      const { completeSeq } = this.log;
      const loaded = this.log.messages().flatMap((row) => (row.status === 'sent' ? [row.message] : []));
      const next = [...loaded, ...messages]
        .filter(({ seq }) => seq > chat.lastSeq && seq <= completeSeq)
        .sort((one, other) => one.seq - other.seq);
      const counted = next.reduce(withMessage, chat);
      return counted.lastSeq < completeSeq ? { ...counted, lastSeq: completeSeq } : counted;
    });
  }

  private page(query: { before?: number; after?: number }): Promise<MessagePageDto> {
    const { api } = this.services;
    return this.side === 'user' ? api.userMessages(this.id, query) : api.adminMessages(this.id, query);
  }
}
