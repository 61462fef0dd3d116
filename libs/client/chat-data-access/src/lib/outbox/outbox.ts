import { computed, DestroyRef, inject, Injectable, type Signal, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type MessageDto, normalizeMessageText } from '@elite-chat/contracts';
import { Subject } from 'rxjs';
import { endWithUser, SessionStore } from '@elite-chat/session';

import { ChatSocket } from '../realtime/chat-socket';
import { createClientMessageId } from '../thread/client-message-id';
import { type LocalMessage, threadMessageKey } from '../thread/thread-message';
import { MessageSender } from './message-sender';
import type { UnsentMessage } from './unsent-message';

/**
 * What has been written and is not stored yet, of all chats. It outlives the component that shows the
 * chat: going elsewhere loses nothing. It ends with the page, or when somebody else signs in.
 */
@Injectable({ providedIn: 'root' })
export class Outbox {
  private readonly session = inject(SessionStore);
  private readonly socket = inject(ChatSocket);
  private readonly unsent = signal<readonly UnsentMessage[]>([]);
  private readonly senders = new Map<string, MessageSender>();
  private readonly acknowledged = new Subject<MessageDto>();
  /** What one person wrote is never sent in another's name. */
  private readonly claim = endWithUser(() => this.clear());

  /** Each message of ours when it is stored, before its own copy goes. */
  readonly stored$ = this.acknowledged.asObservable();

  constructor() {
    const destroyRef = inject(DestroyRef);
    this.socket.connected$.pipe(takeUntilDestroyed(destroyRef)).subscribe(() => {
      for (const sender of this.senders.values()) sender.resume();
    });
    this.socket.newMessage$
      .pipe(takeUntilDestroyed(destroyRef))
      .subscribe((message) => this.confirm(threadMessageKey(message), message));
    destroyRef.onDestroy(() => this.clear());
  }

  /** Own copies of a chat, in the order of writing. */
  of(chatId: string): Signal<readonly UnsentMessage[]> {
    return computed(() => this.unsent().filter(({ message }) => message.chat === chatId));
  }

  /** Takes a text: it is sent as soon as there is a connection, after those before it. */
  send(chatId: string, text: string): void {
    const user = this.session.user();
    if (!user) return;
    this.claim();
    const message: LocalMessage = {
      chat: chatId,
      sender: user.id,
      senderName: user.name,
      senderRole: user.role,
      message: normalizeMessageText(text),
      messageType: 'text',
      clientMessageId: createClientMessageId(),
      isRead: false,
      readAt: null,
      createdAt: new Date().toISOString(),
    };
    this.enqueue(message);
  }

  /** Sends a failed message again: with the same id, so that it can't be stored twice. */
  retry(chatId: string, clientMessageId: string): void {
    const failed = this.findFailed(chatId, clientMessageId);
    if (!failed) return;
    this.remove(failed.key);
    this.enqueue(failed.message);
  }

  /** Gives a failed message up. */
  discard(chatId: string, clientMessageId: string): void {
    const failed = this.findFailed(chatId, clientMessageId);
    if (failed) this.remove(failed.key);
  }

  /** Gives up everything of a chat that is not there for us any more. */
  forget(chatId: string): void {
    this.senders.get(chatId)?.end();
    this.senders.delete(chatId);
    this.unsent.update((all) => all.filter(({ message }) => message.chat !== chatId));
  }

  private enqueue(message: LocalMessage): void {
    this.unsent.update((all) => [...all, { status: 'sending', key: threadMessageKey(message), message }]);
    this.senderOf(message.chat).wake();
  }

  private senderOf(chatId: string): MessageSender {
    const known = this.senders.get(chatId);
    if (known) return known;
    const sender = new MessageSender({
      next: () =>
        this.unsent().find(({ status, message }) => status === 'sending' && message.chat === chatId)?.message,
      deliver: ({ message, clientMessageId }) =>
        this.socket.emitWithAck('send_message', { chatId, message, messageType: 'text', clientMessageId }),
      stored: (message, stored) => this.confirm(threadMessageKey(message), stored),
      failed: (message, error) => this.markFailed(message, error),
    });
    this.senders.set(chatId, sender);
    return sender;
  }

  private confirm(key: string, stored: MessageDto): void {
    if (!this.unsent().some((unsent) => unsent.key === key)) return;
    this.acknowledged.next(stored);
    this.remove(key);
  }

  private markFailed(
    message: LocalMessage,
    error: Extract<UnsentMessage, { status: 'failed' }>['error'],
  ): void {
    const key = threadMessageKey(message);
    this.unsent.update((all) =>
      all.map((unsent) => (unsent.key === key ? { status: 'failed', key, message, error } : unsent)),
    );
  }

  private findFailed(chatId: string, clientMessageId: string): UnsentMessage | undefined {
    return this.unsent().find(
      ({ status, message }) =>
        status === 'failed' && message.chat === chatId && message.clientMessageId === clientMessageId,
    );
  }

  private remove(key: string): void {
    this.unsent.update((all) => all.filter((unsent) => unsent.key !== key));
  }

  private clear(): void {
    for (const sender of this.senders.values()) sender.end();
    this.senders.clear();
    this.unsent.set([]);
  }
}
