import { computed, DestroyRef, DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  ACK_TIMEOUT_MS,
  type Ack,
  type AuditEntryDto,
  type ChatDto,
  type ClientEventAnswer,
  type ClientEventName,
  type ClientEventPayload,
  type CustomersPresenceDto,
  type MessageChangeDto,
  type MessageDto,
  type NewChatMessage,
  type OverviewFiguresDto,
  type OwnOverviewFiguresDto,
  type ReadReceiptDto,
  type SupportPresenceDto,
  type TeamMemberDto,
  type TeamPresenceDto,
  type UserTypingDto,
} from '@elite-chat/contracts';
import { type Observable, Subject } from 'rxjs';
import { ChatRequestError, readErrorBody, SessionStore } from '@elite-chat/session';

import { CHAT_CONNECTION } from './chat-connection';
import { NextTry } from './next-try';
import { pageReturns } from './page-returns';
import { SocketListener } from './socket-listener';
import { SocketTrace } from './socket-trace';

/**
 * `connecting`: a try is under way. `waiting`: the next try is at `retryAt`. `disconnected`: no
 * connection is wanted, or nobody is signed in.
 */
export type ConnectionState = 'disconnected' | 'connecting' | 'connected' | 'waiting';

/** The one connection to the server: typed events in, acknowledged events out, reconnection. */
@Injectable({ providedIn: 'root' })
export class ChatSocket {
  private readonly session = inject(SessionStore);
  private readonly trace = inject(SocketTrace);
  private readonly listener = inject(SocketListener);
  private readonly socket = inject(CHAT_CONNECTION);

  private readonly isWanted = signal(false);
  private readonly soughtToken = computed(() => (this.isWanted() ? this.session.token() : null));
  private readonly currentState = signal<ConnectionState>('disconnected');
  private readonly nextTry = new NextTry();
  private readonly connections = new Subject<void>();
  private readonly resumptions = new Subject<void>();
  /** The token of the connection that we have or seek; null while there is none. */
  private token: string | null = null;

  /** How the connection stands. */
  readonly state = this.currentState.asReadonly();

  /** When the next try is, in milliseconds since 1970, while `state` is `waiting`; else null. */
  readonly retryAt = this.nextTry.at;

  /** Emits at each connection and reconnection. */
  readonly connected$: Observable<void> = this.connections.asObservable();

  /** Emits when the page comes back into view or online while connected: something may have been missed. */
  readonly resumed$: Observable<void> = this.resumptions.asObservable();

  /** A message was stored in a chat whose room we are in. */
  readonly newMessage$: Observable<MessageDto> = this.listener.event(
    'new_message',
    this.socket.fromEvent('new_message'),
  );

  /** An earlier message was changed in a chat whose room we are in. */
  readonly messageChanged$: Observable<MessageChangeDto> = this.listener.event(
    'message_changed',
    this.socket.fromEvent('message_changed'),
  );

  /** Somebody else begins or ends writing in a chat whose room we are in. */
  readonly userTyping$: Observable<UserTypingDto> = this.listener.event(
    'user_typing',
    this.socket.fromEvent('user_typing'),
  );

  /** Admins only: a person's message was stored, in any chat. */
  readonly newChatMessage$: Observable<NewChatMessage> = this.listener.event(
    'new_chat_message',
    this.socket.fromEvent('new_chat_message'),
  );

  /** A read mark moved. */
  readonly messagesRead$: Observable<ReadReceiptDto> = this.listener.event(
    'messages_read',
    this.socket.fromEvent('messages_read'),
  );

  /** A chat's status or assignee changed. */
  readonly chatUpdated$: Observable<ChatDto> = this.listener.event(
    'chat_updated',
    this.socket.fromEvent('chat_updated'),
  );

  /** Admins only: a figure of the overview changed. */
  readonly overviewUpdated$: Observable<OverviewFiguresDto> = this.listener.event(
    'overview_updated',
    this.socket.fromEvent('overview_updated'),
  );

  /** Admins only: a figure of the overview changed that is the reader's alone. */
  readonly ownOverviewUpdated$: Observable<OwnOverviewFiguresDto> = this.listener.event(
    'own_overview_updated',
    this.socket.fromEvent('own_overview_updated'),
  );

  /** Customers only: whether somebody answers. */
  readonly supportPresence$: Observable<SupportPresenceDto> = this.listener.event(
    'support_presence',
    this.socket.fromEvent('support_presence'),
  );

  /** Admins only: whether some customers are there has changed. */
  readonly customerPresence$: Observable<CustomersPresenceDto> = this.listener.event(
    'customer_presence',
    this.socket.fromEvent('customer_presence'),
  );

  /** Admins only: an admin was made, disabled or enabled, or is another by the host application's word. */
  readonly teamUpdated$: Observable<TeamMemberDto> = this.listener.event(
    'team_updated',
    this.socket.fromEvent('team_updated'),
  );

  /** Admins only: whether some admins are there has changed. */
  readonly teamPresence$: Observable<TeamPresenceDto> = this.listener.event(
    'team_presence',
    this.socket.fromEvent('team_presence'),
  );

  /** Admins only: an act was recorded in the audit log. */
  readonly auditRecorded$: Observable<AuditEntryDto> = this.listener.event(
    'audit_recorded',
    this.socket.fromEvent('audit_recorded'),
  );

  constructor() {
    const { listener, socket } = this;
    listener.connection('connect', socket.fromEvent('connect')).subscribe(() => this.onConnect());
    listener
      .connection('connect_error', socket.fromEvent('connect_error'))
      .subscribe((error) => this.onRefused(error));
    listener
      .connection('disconnect', socket.fromEvent('disconnect'))
      .subscribe((reason) => this.onDisconnect(reason));
    pageReturns(inject(DOCUMENT))
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.onPageReturn());
    effect(() => {
      this.soughtToken();
      // Not within the effect: disconnecting is an event too, after which the library runs `tick()`.
      queueMicrotask(() => this.use(this.soughtToken()));
    });
    inject(DestroyRef).onDestroy(() => {
      this.isWanted.set(false);
      this.use(null);
    });
  }

  /** Wants a connection: connects while somebody is signed in, and again whenever the line breaks. */
  connect(): void {
    this.isWanted.set(true);
  }

  /** Wants no connection any more. */
  disconnect(): void {
    this.isWanted.set(false);
  }

  /** Tries at once instead of at `retryAt`. */
  retryNow(): void {
    if (this.currentState() === 'waiting') this.tryToConnect();
  }

  /**
   * Says an event and waits for its answer. Rejects with a `ChatRequestError`: the server's, `network`
   * when not connected or cut off, `timeout` after `ACK_TIMEOUT_MS`.
   */
  async emitWithAck<E extends ClientEventName>(
    event: E,
    payload: ClientEventPayload<E>,
  ): Promise<ClientEventAnswer<E>> {
    const token = this.token;
    if (!this.socket.connected) throw ChatRequestError.network();
    this.trace.show('→', event, payload);
    let ack: Ack<ClientEventAnswer<E>>;
    try {
      ack = await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck(event, payload);
    } catch {
      throw this.socket.connected ? ChatRequestError.timeout() : ChatRequestError.network();
    }
    this.trace.show('←', event, ack);
    if (ack.ok) return ack.data;
    if (ack.error.code === 'unauthorized' && token !== null) this.session.end(token);
    throw ChatRequestError.fromBody(ack.error);
  }

  private use(token: string | null): void {
    if (token === this.token) return;
    this.token = token;
    this.nextTry.forgetFailures();
    this.nextTry.cancel();
    this.socket.disconnect();
    if (token === null) this.currentState.set('disconnected');
    else this.tryToConnect();
  }

  private tryToConnect(): void {
    this.nextTry.cancel();
    this.currentState.set('connecting');
    this.socket.auth = { token: this.token };
    this.socket.connect();
  }

  private onConnect(): void {
    this.nextTry.forgetFailures();
    this.currentState.set('connected');
    this.connections.next();
  }

  private onRefused(error: Error): void {
    if (this.token === null) return;
    const body = 'data' in error ? readErrorBody(error.data) : null;
    if (body?.code === 'unauthorized') {
      const refused = this.token;
      this.use(null);
      this.session.end(refused);
    } else {
      this.retryLater(body?.retryAfter);
    }
  }

  private onDisconnect(reason: string): void {
    if (this.token !== null && reason !== 'io client disconnect') this.retryLater();
  }

  private onPageReturn(): void {
    if (this.currentState() === 'connected') this.resumptions.next();
    else this.retryNow();
  }

  private retryLater(notBefore?: number): void {
    this.currentState.set('waiting');
    this.nextTry.plan(() => this.tryToConnect(), notBefore);
  }
}
