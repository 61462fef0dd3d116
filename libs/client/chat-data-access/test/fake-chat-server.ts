import { HttpErrorResponse, HttpHeaders, type HttpRequest, HttpResponse } from '@angular/common/http';
import {
  type Ack,
  API_PREFIX,
  apiPaths,
  type ChatDto,
  type ErrorBody,
  ERROR_STATUS,
  type MessageDto,
  type MessagePageDto,
  type OverviewDto,
  PAGE_LIMIT_DEFAULT,
  type UserDto,
} from '@elite-chat/contracts';
import { aChat, aMessage, aUser } from '@elite-chat/testing';
import { defer, from, type Observable, throwError } from 'rxjs';

import { FakeSocket, type FakeSocketServer } from './fake-socket';

/** How a spec makes the server misbehave: an error, silence, a lost answer, or `undefined` for none. */
export type Interference = ErrorBody | 'silence' | 'lost answer' | undefined;

/** A server of one chat, in memory, behind both doors. */
export class FakeChatServer implements FakeSocketServer {
  readonly socket = new FakeSocket(this);
  /** Every event with its payload, and every REST call with its query or body, in order. */
  readonly received: { name: string; payload: Record<string, unknown> }[] = [];
  user: UserDto = aUser();
  token = 'token-1';
  chat: ChatDto = aChat();
  log: MessageDto[] = [];
  overview: OverviewDto = {
    waiting: 0,
    unread: 0,
    open: 0,
    unassigned: 0,
    mine: 0,
    customersOnline: 0,
    messagesToday: 0,
  };
  /** Messages that another device of the sender would see at once. */
  announcesOwn = true;
  interfere: (name: string, payload: Record<string, unknown>) => Interference = () => undefined;
  refuse: () => Error | null = () => null;

  refusal(token: unknown): Error | null {
    if (token === this.token) return this.refuse();
    return Object.assign(new Error('unauthorized'), { data: anError('unauthorized') });
  }

  async answer(event: string, payload: unknown): Promise<unknown> {
    const input = asRecord(payload);
    this.received.push({ name: event, payload: input });
    const interference = this.interfere(event, input);
    if (interference === 'silence') return new Promise(() => undefined);
    if (typeof interference === 'object') return { ok: false, error: interference } satisfies Ack<never>;
    // As over a line: never within the call that asks.
    await Promise.resolve();
    const data = this.act(event, input);
    return interference === 'lost answer' ? new Promise(() => undefined) : { ok: true, data };
  }

  /** The REST door, for `HttpBackend`. */
  handle(request: HttpRequest<unknown>): Observable<HttpResponse<unknown>> {
    return defer(() => {
      const path = request.url.slice(`/${API_PREFIX}/`.length);
      const query = Object.fromEntries(request.params.keys().map((key) => [key, request.params.get(key)]));
      const input = { ...query, ...asRecord(request.body) };
      this.received.push({ name: `${request.method} ${path}`, payload: input });
      const fault = this.restFault(request, path) ?? this.interfere(`${request.method} ${path}`, input);
      if (fault === 'silence') return new Promise<never>(() => undefined);
      if (fault === 'lost answer') return throwError(() => new HttpErrorResponse({ status: 0 }));
      if (fault) return throwError(() => errorResponse(fault));
      return from(Promise.resolve(new HttpResponse({ status: 200, body: this.rest(path, input) })));
    });
  }

  /** Stores a message and tells of it. */
  store(message: Partial<MessageDto>, isHeard = true): MessageDto {
    const stored = aMessage({ ...message, seq: this.log.length + 1 });
    this.log.push(stored);
    if (isHeard) this.socket.hear('new_message', stored);
    return stored;
  }

  /** The chat with its head. */
  view(): ChatDto {
    return { ...this.chat, lastSeq: this.log.length };
  }

  /** How often something was received. */
  count(name: string): number {
    return this.received.filter((received) => received.name === name).length;
  }

  private act(event: string, input: Record<string, unknown>): unknown {
    switch (event) {
      case 'join_chat':
        return { chat: this.view() };
      case 'send_message':
        return this.send(input);
      case 'mark_read':
        return this.markRead(input);
      case 'get_messages':
        return this.page(input);
      default:
        return {};
    }
  }

  private send(input: Record<string, unknown>): MessageDto {
    const clientMessageId = String(input['clientMessageId']);
    const known = this.log.find((message) => message.clientMessageId === clientMessageId);
    if (known) return known;
    const { id: sender, name: senderName, role: senderRole } = this.user;
    const message = String(input['message']);
    return this.store({ sender, senderName, senderRole, message, clientMessageId }, this.announcesOwn);
  }

  private markRead(input: Record<string, unknown>): unknown {
    const reader = this.user.role;
    const seq = Math.max(this.chat.readSeq[reader], Number(input['seq'] ?? this.log.length));
    this.chat = { ...this.chat, readSeq: { ...this.chat.readSeq, [reader]: seq } };
    return {
      chatId: this.chat.id,
      reader,
      seq,
      readAt: aMessage().createdAt,
      unreadCount: 0,
      lastSeq: this.log.length,
    };
  }

  private page(query: Record<string, unknown>): MessagePageDto {
    const limit = Number(query['limit'] ?? PAGE_LIMIT_DEFAULT);
    const lastSeq = this.log.length;
    const common = { lastSeq, readSeq: this.chat.readSeq, epoch: this.chat.epoch };
    if (query['after'] !== undefined) {
      const messages = this.log.filter(({ seq }) => seq > Number(query['after'])).slice(0, limit);
      const seq = messages.at(-1)?.seq ?? Number(query['after']);
      return { messages, hasMore: seq < lastSeq, seq, ...common };
    }
    const messages = this.log.filter(({ seq }) => seq < Number(query['before'] ?? Infinity)).slice(-limit);
    const seq = messages[0]?.seq ?? 0;
    return { messages, hasMore: seq > 1, seq, ...common };
  }

  private rest(path: string, input: Record<string, unknown>): unknown {
    const { id } = this.chat;
    switch (path) {
      case apiPaths.login:
      case apiPaths.register:
        return { token: this.token, user: this.user };
      case apiPaths.me:
        return this.user;
      case apiPaths.userChat:
        return this.view();
      case apiPaths.userChats:
      case apiPaths.adminChats:
        return { chats: [this.view()], nextCursor: null };
      case apiPaths.userRead(id):
      case apiPaths.adminRead(id):
        return this.markRead(input);
      case apiPaths.userMessages(id):
      case apiPaths.adminMessages(id):
        return 'message' in input ? this.send(input) : this.page(input);
      case apiPaths.adminOverview:
        return this.overview;
      case apiPaths.adminAssign(id):
        return this.view();
      case apiPaths.adminUnassign(id):
        return (this.chat = { ...this.view(), admin: null });
      case apiPaths.userClose(id):
      case apiPaths.adminClose(id):
        return (this.chat = { ...this.view(), isActive: false });
      case apiPaths.userReopen(id):
      case apiPaths.adminReopen(id):
        return (this.chat = { ...this.view(), isActive: true });
      default:
        return { status: 'ok' };
    }
  }

  private restFault(request: HttpRequest<unknown>, path: string): Interference {
    const isOpen = path === apiPaths.login || path === apiPaths.register || path.startsWith('health');
    if (isOpen || request.headers.get('Authorization') === `Bearer ${this.token}`) return undefined;
    return anError('unauthorized');
  }
}

/** An error as the server describes it. */
export function anError(code: ErrorBody['code'], retryAfter?: number): ErrorBody {
  return { code, message: `The answer is ${code}.`, retryAfter };
}

function errorResponse(error: ErrorBody): HttpErrorResponse {
  const headers = new HttpHeaders(error.retryAfter ? { 'Retry-After': String(error.retryAfter) } : {});
  return new HttpErrorResponse({ status: ERROR_STATUS[error.code], error, headers });
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
