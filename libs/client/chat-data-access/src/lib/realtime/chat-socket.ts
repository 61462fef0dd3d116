import { Injectable, type Signal, signal } from '@angular/core';
import type {
  ChatDto,
  ClientEventAnswer,
  ClientEventName,
  ClientEventPayload,
  MessageDto,
  NewChatMessage,
  ReadReceiptDto,
  UserTypingDto,
} from '@elite-chat/contracts';
import { NEVER, type Observable } from 'rxjs';

import { ChatRequestError } from '../errors/chat-request-error';

/**
 * `connecting`: a try is under way. `waiting`: the next try is at `retryAt`. `disconnected`: no
 * connection is wanted, or nobody is signed in.
 */
export type ConnectionState = 'disconnected' | 'connecting' | 'connected' | 'waiting';

/** The one connection to the server: typed events in, acknowledged events out, reconnection. */
@Injectable({ providedIn: 'root' })
export class ChatSocket {
  /** How the connection stands. */
  readonly state: Signal<ConnectionState> = signal<ConnectionState>('disconnected');

  /** When the next try is, in milliseconds since 1970, while `state` is `waiting`; else null. */
  readonly retryAt: Signal<number | null> = signal<number | null>(null);

  /** Emits at each connection and reconnection. */
  readonly connected$: Observable<void> = NEVER;

  /** A message was stored in a chat whose room we are in. */
  readonly newMessage$: Observable<MessageDto> = NEVER;

  /** Somebody else begins or ends writing in a chat whose room we are in. */
  readonly userTyping$: Observable<UserTypingDto> = NEVER;

  /** Admins only: a person's message was stored, in any chat. */
  readonly newChatMessage$: Observable<NewChatMessage> = NEVER;

  /** A read mark moved. */
  readonly messagesRead$: Observable<ReadReceiptDto> = NEVER;

  /** A chat's status or assignee changed. */
  readonly chatUpdated$: Observable<ChatDto> = NEVER;

  /** Wants a connection: connects while somebody is signed in, and again whenever the line breaks. */
  connect(): void {
    // Follows.
  }

  /** Wants no connection any more. */
  disconnect(): void {
    // Follows.
  }

  /** Tries at once instead of at `retryAt`. */
  retryNow(): void {
    // Follows.
  }

  /**
   * Says an event and waits for its answer. Rejects with a `ChatRequestError`: the server's, `network`
   * when not connected or cut off, `timeout` after `ACK_TIMEOUT_MS`.
   */
  emitWithAck<E extends ClientEventName>(
    _event: E,
    _payload: ClientEventPayload<E>,
  ): Promise<ClientEventAnswer<E>> {
    return Promise.reject(ChatRequestError.network());
  }
}
