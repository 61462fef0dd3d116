import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { ApiProcess, signToken, WORKSPACE } from '@elite-chat/api-process';
import { ChatClient, type ChatClientOptions, RestApi } from '@elite-chat/chat-client';
import { type UserDto } from '@elite-chat/contracts';
import { DatabaseProcess } from '@elite-chat/database-process';

const FAIL_POINTS = join(WORKSPACE, 'dist/apps/faults/fail-points.js');

/** What a client of a row may differ in. */
export type ClientOptions = Partial<Omit<ChatClientOptions, 'token'>>;

/** A person with a token, as a host application makes one. */
export interface Person {
  user: UserDto;
  token: string;
}

/** Everything that one row runs: a database, nodes, and the people who use them. Ends with {@link dispose}. */
export class World {
  readonly nodes: ApiProcess[] = [];
  readonly clients: ChatClient[] = [];

  private constructor(readonly database: DatabaseProcess) {}

  /** Starts a database, and nothing else. */
  static async create(options: { isDurable?: boolean } = {}): Promise<World> {
    return new World(await DatabaseProcess.start(options));
  }

  /** Starts a node on the database. */
  async startNode(settings: Record<string, string> = {}): Promise<ApiProcess> {
    const node = await ApiProcess.prepare({
      MONGODB_URI: this.database.uri,
      HOST_ADMINS: 'true',
      LOG_LEVEL: 'error',
      NODE_OPTIONS: `--require=${FAIL_POINTS}`,
      ...settings,
    });
    this.nodes.push(node);
    await node.start();
    return node;
  }

  /** Makes a person's account. */
  async signIn(node: ApiProcess, role: 'user' | 'admin', claims: object = {}): Promise<Person> {
    const token = signToken({
      sub: randomUUID(),
      name: role === 'admin' ? 'Ada Moss' : 'Cora Lane',
      email: `${role}@host.example`,
      ...(role === 'admin' && { role }),
      ...claims,
    });
    return { token, user: await new RestApi(node.url, token).me() };
  }

  /** A client of a person; not connected yet. */
  client(node: ApiProcess, { user, token }: Person, options: ClientOptions = {}): ChatClient {
    const client = new ChatClient(user, { url: node.url, token, longestPauseMs: 4_000, ...options });
    this.clients.push(client);
    return client;
  }

  /** A new customer with their chat open; connected. */
  async customer(
    node: ApiProcess,
    options: ClientOptions = {},
  ): Promise<{ client: ChatClient; chatId: string }> {
    const person = await this.signIn(node, 'user');
    const { id } = await new RestApi(node.url, person.token).ownChat();
    const client = this.client(node, person, options);
    client.openChat(id);
    client.connection.open();
    return { client, chatId: id };
  }

  /** A new admin with these chats open; connected. */
  async admin(
    node: ApiProcess,
    chatIds: readonly string[],
    options: ClientOptions = {},
  ): Promise<ChatClient> {
    const client = this.client(node, await this.signIn(node, 'admin'), options);
    for (const chatId of chatIds) client.openChat(chatId);
    client.connection.open();
    return client;
  }

  /** Ends everything. */
  async dispose(): Promise<void> {
    for (const client of this.clients) client.close();
    this.database.resume();
    for (const node of this.nodes) node.resume();
    await Promise.all(this.nodes.map((node) => node.dispose()));
    await this.database.dispose();
  }
}
