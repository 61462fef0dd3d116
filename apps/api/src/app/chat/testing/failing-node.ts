import { randomUUID } from 'node:crypto';

import { type ClientSession, mongo } from 'mongoose';

import { type ChatNode, startChatNode } from './chat-node';

/** What becomes of one insert of entries, alone or in a transaction. */
export type InsertFault =
  /** The line is cut before it arrives. */
  | { kind: 'not stored' }
  /** The server stops in the middle of it; of a transaction nothing stays. */
  | { kind: 'stored in part' }
  /** It is stored, or its transaction committed, and the answer is lost. */
  | { kind: 'answer lost' }
  /** The driver gives it up, and the server carries it out later. */
  | { kind: 'stored late'; afterMs: number }
  /** The node is gone before it arrives. */
  | { kind: 'dies before' }
  /** The node is gone between the commit and telling anybody. */
  | { kind: 'dies after' };

/** A node on a real database whose inserts of entries can be made to fail, and that may die of it. */
export class FailingNode {
  /** Tells it from all others. */
  readonly id = randomUUID();

  /** Ids of all entries that it has announced. */
  readonly told = new Set<string>();

  private readonly death = Promise.withResolvers<null>();
  private readonly underWay = new Set<Promise<unknown>>();
  private faults: InsertFault[] = [];
  /** The log's own transactions, with what becomes of their commit. */
  private readonly transactions = new WeakMap<ClientSession, InsertFault | null>();
  private hasDied = false;

  private constructor(readonly chat: ChatNode) {
    chat.log.commits.subscribe(({ entries }) => {
      for (const { _id } of entries) this.told.add(_id.toHexString());
    });
    this.interceptInserts();
    this.interceptCommits();
  }

  /** Starts a node that does not fail yet. */
  static async start(uri: string): Promise<FailingNode> {
    return new FailingNode(await startChatNode(uri));
  }

  /** Lets the next inserts fail, after those that are to fail already. */
  fail(fault: InsertFault, times: number): void {
    for (let time = 0; time < times; time++) this.faults.push(fault);
  }

  /** Lets no more inserts fail, and waits for those that are carried out late. */
  async heal(): Promise<void> {
    this.faults = [];
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  get isDead(): boolean {
    return this.hasDied;
  }

  /** What a caller hears of it: its answer, or null because the node has died. */
  async orDeath<T>(answer: Promise<T>): Promise<T | null> {
    return Promise.race([answer, this.death.promise]);
  }

  /** Ends its connections; a dead one does nothing more than that. */
  async stop(): Promise<void> {
    await this.heal();
    await this.chat.stop();
  }

  private interceptInserts(): void {
    const { collection } = this.chat.messages;
    const insertMany = collection.insertMany.bind(collection);
    collection.insertMany = (documents, options) => {
      const insert = (count = documents.length) => this.watch(insertMany(documents.slice(0, count), options));
      const inserted = this.insert(insert, documents.length, options?.session);
      return this.unlessDead(inserted, options?.session);
    };
  }

  private interceptCommits(): void {
    const client = this.chat.connection.getClient();
    const startSession = client.startSession.bind(client);
    client.startSession = (options) => {
      const session = startSession(options);
      const commit = session.commitTransaction.bind(session);
      session.commitTransaction = () => {
        const fault = this.transactions.get(session);
        return fault === undefined ? commit() : this.unlessDead(this.commit(commit, fault));
      };
      return session;
    };
  }

  private async insert<T>(insert: (count?: number) => Promise<T>, count: number, session?: ClientSession) {
    if (this.hasDied) throw new Error('This node has died.');
    const fault = this.faults.shift();
    const isAfter = fault?.kind === 'answer lost' || fault?.kind === 'dies after';
    if (session) this.transactions.set(session, isAfter ? fault : null);
    if (!fault || (session && isAfter)) return insert();
    if (fault.kind === 'stored late' && !session) {
      void this.watch(later(fault.afterMs, insert)).catch(() => undefined);
    }
    const stored = isAfter ? count : fault.kind === 'stored in part' ? count >> 1 : 0;
    if (stored > 0) await insert(stored).catch(() => undefined);
    return this.strike(fault);
  }

  private async commit(commit: () => Promise<void>, fault: InsertFault | null): Promise<void> {
    await this.watch(commit());
    if (fault) this.strike(fault);
  }

  private strike(fault: InsertFault): never {
    if (fault.kind === 'dies before' || fault.kind === 'dies after') this.die();
    throw new mongo.MongoNetworkError(fault.kind);
  }

  /** From now on it neither tells nor projects anything. */
  private die(): void {
    this.hasDied = true;
    this.chat.log.commits.complete();
    this.chat.projection.flush = () => Promise.resolve();
    this.chat.log.onModuleDestroy = () => Promise.resolve();
    this.death.resolve(null);
  }

  /** Answers of a dead node never come. The server would keep its transaction for a minute, in everybody's way. */
  private async unlessDead<T>(answer: Promise<T>, session?: ClientSession): Promise<T> {
    await Promise.allSettled([answer]);
    if (!this.hasDied) return answer;
    if (session) await this.watch(session.abortTransaction()).catch(() => undefined);
    return new Promise<never>(() => undefined);
  }

  private watch<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    const done = () => this.underWay.delete(work);
    work.then(done, done);
    return work;
  }
}

async function later<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return work();
}
