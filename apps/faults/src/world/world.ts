import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { ApiProcess, signToken, WORKSPACE } from '@elite-chat/api-process';
import { ChatClient, type ChatClientOptions, RestApi } from '@elite-chat/chat-client';
import { type UserDto } from '@elite-chat/contracts';
import { DatabaseProcess } from '@elite-chat/database-process';
import { findRunningDatabaseServer } from '@elite-chat/database-server';

const FAIL_POINTS = join(WORKSPACE, 'dist/apps/faults/fail-points.js');

/** Which database a world has. */
export interface WorldOptions {
  /** False: without syncing each commit. For control runs only. */
  isDurable?: boolean;
  /** Whether its one node starts a database of its own, as without `MONGODB_URI`. */
  isEmbedded?: boolean;
}

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

  private constructor(private readonly ownDatabase: DatabaseProcess | null) {}

  /** Starts a database, and nothing else; none where the node is to bring its own, as the product does. */
  static async create(options: WorldOptions = {}): Promise<World> {
    return new World(options.isEmbedded ? null : await DatabaseProcess.start(options));
  }

  /** The database of all nodes. */
  get database(): DatabaseProcess {
    if (!this.ownDatabase) throw new Error('The node brings its own database.');
    return this.ownDatabase;
  }

  /** Where the database is now: one that a node brings moves with each start. */
  async databaseUri(): Promise<string> {
    if (this.ownDatabase) return this.ownDatabase.uri;
    const [node] = this.nodes;
    const uri = node && (await findRunningDatabaseServer(node.dataDirectory));
    if (!uri) throw new Error('The node runs no database.');
    return uri;
  }

  /** Starts a node on the database. */
  async startNode(settings: Record<string, string> = {}): Promise<ApiProcess> {
    const node = await ApiProcess.prepare({
      MONGODB_URI: this.ownDatabase?.uri ?? '',
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
    this.ownDatabase?.resume();
    for (const node of this.nodes) node.resume();
    await Promise.all(this.nodes.map((node) => node.dispose()));
    await this.ownDatabase?.dispose();
  }
}
