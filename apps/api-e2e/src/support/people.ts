import { randomUUID } from 'node:crypto';

import {
  apiPaths,
  type ChatDto,
  type MessageDto,
  type SessionDto,
  type UserDto,
} from '@elite-chat/contracts';
import { type ManagerOptions, type SocketOptions } from 'socket.io-client';

import { type ApiProcess } from '@elite-chat/api-process';
import { ChatSocket } from './chat-socket';
import { RestClient } from './rest-client';
import { signToken } from './tokens';

/** What the demo accounts sign in with. */
export const DEMO_CUSTOMER = { email: 'customer@example.com', password: 'customer-demo-1' };
export const DEMO_ADMIN = { email: 'admin@example.com', password: 'admin-demo-1' };

/** Somebody who is signed in, with both doors at hand. */
export class Person {
  private readonly sockets: ChatSocket[] = [];
  readonly rest: RestClient;

  constructor(
    private readonly api: ApiProcess,
    readonly token: string,
    readonly user: UserDto,
    readonly password = '',
  ) {
    this.rest = new RestClient(api.url, token);
  }

  /** A new connection of this person. */
  async connect(options: Partial<ManagerOptions & SocketOptions> = {}): Promise<ChatSocket> {
    const socket = await ChatSocket.connect(this.api.url, this.token, options);
    this.sockets.push(socket);
    return socket;
  }

  /** A new connection in the room of a chat. */
  async join(chatId: string): Promise<ChatSocket> {
    const socket = await this.connect();
    await socket.ask('join_chat', { chatId });
    return socket;
  }

  /** Sends a message over HTTP, which must succeed. */
  async writes(chatId: string, message: string, clientMessageId = randomUUID()): Promise<MessageDto> {
    const path = (this.user.role === 'admin' ? apiPaths.adminMessages : apiPaths.userMessages)(chatId);
    const { status, body } = await this.rest.post<MessageDto>(path, { message, clientMessageId });
    if (status !== 201) throw new Error(`The message was refused: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** The customer's active chat. */
  async chat(): Promise<ChatDto> {
    const { status, body } = await this.rest.get<ChatDto>(apiPaths.userChat);
    if (status !== 200) throw new Error(`No chat: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  closeSockets(): void {
    for (const socket of this.sockets.splice(0)) socket.close();
  }
}

/** All who act in a file of tests; closes their connections at its end. */
export class People {
  private readonly all: Person[] = [];

  constructor(private readonly api: ApiProcess) {}

  /** Nobody in particular: calls without a token. */
  get nobody(): RestClient {
    return new RestClient(this.api.url);
  }

  /** A new customer, registered by email. */
  async customer(name = 'Cora Lane'): Promise<Person> {
    const account = { name, email: `${randomUUID()}@example.com`, password: `secret-${randomUUID()}` };
    const { status, body } = await this.nobody.post<SessionDto>(apiPaths.register, account);
    if (status !== 201) throw new Error(`Registration was refused: ${status} ${JSON.stringify(body)}`);
    return this.keep(new Person(this.api, body.token, body.user, account.password));
  }

  /** A new admin of the host application; needs an API with `HOST_ADMINS=true`. */
  async admin(name = 'Ada Moss'): Promise<Person> {
    const token = signToken({ sub: randomUUID(), name, email: 'ada@host.example', role: 'admin' });
    const { status, body } = await new RestClient(this.api.url, token).get<UserDto>(apiPaths.me);
    if (status !== 200 || body.role !== 'admin') throw new Error(`No admin: ${JSON.stringify(body)}`);
    return this.keep(new Person(this.api, token, body));
  }

  /** Signs in by email and password, which must succeed. */
  async signIn(credentials: { email: string; password: string }): Promise<Person> {
    const { status, body } = await this.nobody.post<SessionDto>(apiPaths.login, credentials);
    if (status !== 200) throw new Error(`Signing in was refused: ${status} ${JSON.stringify(body)}`);
    return this.keep(new Person(this.api, body.token, body.user, credentials.password));
  }

  leave(): void {
    for (const person of this.all) person.closeSockets();
  }

  private keep(person: Person): Person {
    this.all.push(person);
    return person;
  }
}
