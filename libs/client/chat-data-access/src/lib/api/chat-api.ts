import { HttpClient, type HttpParams } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import {
  ACK_TIMEOUT_MS,
  API_PREFIX,
  apiPaths,
  type AssignChatDto,
  type ChangePasswordDto,
  type ChatDto,
  type ChatListDto,
  type ChatListQueryDto,
  type HealthDto,
  type LoginDto,
  type MarkReadDto,
  type MessageDto,
  type MessagePageDto,
  type MessagePageQueryDto,
  type ReadReceiptDto,
  type RegisterDto,
  type SendMessageDto,
  type SessionDto,
  type UserDto,
} from '@elite-chat/contracts';
import { catchError, firstValueFrom, throwError, timeout } from 'rxjs';

import { requestErrorFromHttp } from '../errors/request-error-from-http';
import { API_URL } from './api-url';

/** Values that a query or a body of ours can have. */
type Query = Record<string, string | number | undefined>;

/** Every REST call, one method each. All reject with a `ChatRequestError`. */
@Injectable({ providedIn: 'root' })
export class ChatApi {
  private readonly http = inject(HttpClient);
  private readonly root = `${inject(API_URL)}/${API_PREFIX}/`;

  /** Makes a new customer; `email_taken` when the address has an account. */
  register(account: RegisterDto): Promise<SessionDto> {
    return this.post(apiPaths.register, account);
  }

  /** Signs in; `invalid_credentials` when email and password don't belong together. */
  login(credentials: LoginDto): Promise<SessionDto> {
    return this.post(apiPaths.login, credentials);
  }

  /** Who the token belongs to. */
  me(): Promise<UserDto> {
    return this.get(apiPaths.me);
  }

  /** Changes the password; every other session of the account ends. */
  changePassword(passwords: ChangePasswordDto): Promise<void> {
    return this.post(apiPaths.password, passwords);
  }

  /** Ends every other session of the account. */
  signOutEverywhere(): Promise<void> {
    return this.post(apiPaths.signOutEverywhere, {});
  }

  /** The customer's active chat, made when there is none. */
  userChat(): Promise<ChatDto> {
    return this.get(apiPaths.userChat);
  }

  /** The customer's chats, newest activity first. */
  userChats(query: ChatListQueryDto = {}): Promise<ChatListDto> {
    return this.get(apiPaths.userChats, { ...query });
  }

  /** A page of a chat of the customer's; the newest without `before` and `after`. */
  userMessages(chatId: string, query: MessagePageQueryDto = {}): Promise<MessagePageDto> {
    return this.get(apiPaths.userMessages(chatId), { ...query });
  }

  /** Sends as the customer; the same `clientMessageId` again is stored once. */
  sendUserMessage(chatId: string, message: SendMessageDto): Promise<MessageDto> {
    return this.post(apiPaths.userMessages(chatId), message);
  }

  /** The customer has read up to `seq`, by default all. */
  markUserRead(chatId: string, mark: MarkReadDto = {}): Promise<ReadReceiptDto> {
    return this.post(apiPaths.userRead(chatId), mark);
  }

  /** The inbox, newest activity first. */
  adminChats(query: ChatListQueryDto = {}): Promise<ChatListDto> {
    return this.get(apiPaths.adminChats, { ...query });
  }

  /** Assigns a chat to an admin, by default to the caller. */
  assign(chatId: string, assignee: AssignChatDto = {}): Promise<ChatDto> {
    return this.post(apiPaths.adminAssign(chatId), assignee);
  }

  /** A page of any chat; the newest without `before` and `after`. */
  adminMessages(chatId: string, query: MessagePageQueryDto = {}): Promise<MessagePageDto> {
    return this.get(apiPaths.adminMessages(chatId), { ...query });
  }

  /** Sends as an admin; the first answer assigns the chat. */
  sendAdminMessage(chatId: string, message: SendMessageDto): Promise<MessageDto> {
    return this.post(apiPaths.adminMessages(chatId), message);
  }

  /** The admins have read up to `seq`, by default all. */
  markAdminRead(chatId: string, mark: MarkReadDto = {}): Promise<ReadReceiptDto> {
    return this.post(apiPaths.adminRead(chatId), mark);
  }

  /** Whether the server is up. */
  healthLive(): Promise<HealthDto> {
    return this.get(apiPaths.healthLive);
  }

  /** Whether the server has what it needs. */
  healthReady(): Promise<HealthDto> {
    return this.get(apiPaths.healthReady);
  }

  private get<T>(path: string, query: Query = {}): Promise<T> {
    return this.request<T>('GET', path, { params: withoutUndefined(query) });
  }

  private post<T>(path: string, body: object): Promise<T> {
    return this.request<T>('POST', path, { body });
  }

  private request<T>(
    method: string,
    path: string,
    options: { body?: object; params?: HttpParams | Record<string, string | number> },
  ): Promise<T> {
    return firstValueFrom(
      this.http.request<T>(method, this.root + path, options).pipe(
        timeout(ACK_TIMEOUT_MS),
        catchError((fault: unknown) => throwError(() => requestErrorFromHttp(fault))),
      ),
    );
  }
}

function withoutUndefined(query: Query): Record<string, string | number> {
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) params[name] = value;
  }
  return params;
}
