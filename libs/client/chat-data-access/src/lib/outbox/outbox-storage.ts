import { InjectionToken } from '@angular/core';
import type { ErrorBody } from '@elite-chat/contracts';
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';

import type { LocalMessage } from '../thread/thread-message';
import { MemoryOutboxStorage } from './memory-outbox-storage';
import type { KeptMessage } from './unsent-message';

/** Where the unsent messages of one person are kept. */
export interface OutboxStorage {
  /** Whether what it keeps survives the page. */
  readonly isDurable: boolean;
  /** All messages, in the order of writing. */
  all(): Promise<KeptMessage[]>;
  /** Keeps a message behind all others; resolves when it is safe. */
  add(message: LocalMessage): Promise<void>;
  /** Keeps a message behind all others and forgets the one under that id, both or neither; resolves when it is safe. */
  replace(clientMessageId: string, message: LocalMessage): Promise<void>;
  /** Notes why a message was refused; one that is not kept any more stays so. */
  fail(clientMessageId: string, failure: ErrorBody): Promise<void>;
  /** Forgets a message. */
  remove(clientMessageId: string): Promise<void>;
  /** Forgets all. */
  clear(): Promise<void>;
  /** Says that `owner` leads for so long, unless another one does or with `force`; tells whether it does now. */
  takeLease(owner: string, milliseconds: number, force?: boolean): Promise<boolean>;
  /** Ends it; what is kept stays. */
  close(): void;
}

interface OutboxSchema extends DBSchema {
  // Under numbers that the browser gives in the order of writing, over all chats and tabs.
  messages: { key: number; value: KeptMessage; indexes: { clientMessageId: string } };
  leases: { key: string; value: { name: string; owner: string; until: number } };
}

type OutboxDatabase = IDBPDatabase<OutboxSchema>;
type MessagesInChange = IDBPObjectStore<OutboxSchema, ['messages'], 'messages', 'readwrite'>;

const VERSION = 1;
const LEADER = 'leader';

/** On the disk when it resolves: the field is emptied then. */
const ON_DISK: IDBTransactionOptions = { durability: 'strict' };

/** Opens the outbox of a person in this browser. */
export const OPEN_OUTBOX = new InjectionToken<(userId: string) => Promise<OutboxStorage>>('OPEN_OUTBOX', {
  providedIn: 'root',
  factory: () => openOutbox,
});

/** In IndexedDB; where a browser has none, or refuses it, in memory. */
export async function openOutbox(userId: string): Promise<OutboxStorage> {
  try {
    return await IndexedOutboxStorage.open(userId);
  } catch {
    return new MemoryOutboxStorage();
  }
}

/** In IndexedDB, in a database of the person's own, shared by all tabs; opened again when the browser drops it. */
export class IndexedOutboxStorage implements OutboxStorage {
  readonly isDurable = true;
  private connection: Promise<OutboxDatabase> | null = null;
  private hasEnded = false;

  private constructor(private readonly userId: string) {}

  /** Rejects where the browser has no IndexedDB, or refuses it. */
  static async open(userId: string): Promise<IndexedOutboxStorage> {
    const storage = new IndexedOutboxStorage(userId);
    await storage.connect();
    return storage;
  }

  all(): Promise<KeptMessage[]> {
    return this.use((database) => database.getAll('messages'));
  }

  add(message: LocalMessage): Promise<void> {
    return this.change(async (messages) => {
      // Kept already by a try whose end was not heard.
      const known = await messages.index('clientMessageId').getKey(message.clientMessageId);
      if (known === undefined) await messages.add({ message, failure: null });
    }, ON_DISK);
  }

  replace(clientMessageId: string, message: LocalMessage): Promise<void> {
    return this.change(async (messages) => {
      const cursor = await messages.index('clientMessageId').openCursor(clientMessageId);
      await cursor?.delete();
      await messages.add({ message, failure: null });
    }, ON_DISK);
  }

  fail(clientMessageId: string, failure: ErrorBody): Promise<void> {
    return this.change(async (messages) => {
      const cursor = await messages.index('clientMessageId').openCursor(clientMessageId);
      await cursor?.update({ ...cursor.value, failure });
    });
  }

  remove(clientMessageId: string): Promise<void> {
    return this.change(async (messages) => {
      const cursor = await messages.index('clientMessageId').openCursor(clientMessageId);
      await cursor?.delete();
    });
  }

  clear(): Promise<void> {
    return this.use((database) => database.clear('messages'));
  }

  takeLease(owner: string, milliseconds: number, force = false): Promise<boolean> {
    return this.use(async (database) => {
      const transaction = database.transaction('leases', 'readwrite');
      const lease = await transaction.store.get(LEADER);
      const isFree = force || !lease || lease.owner === owner || lease.until < Date.now();
      if (isFree) await transaction.store.put({ name: LEADER, owner, until: Date.now() + milliseconds });
      await transaction.done;
      return isFree;
    });
  }

  close(): void {
    this.hasEnded = true;
    void this.connection?.then((database) => database.close()).catch(() => undefined);
  }

  /** Changes what is kept, all that `act` does or nothing. */
  private change(
    act: (messages: MessagesInChange) => Promise<void>,
    options?: IDBTransactionOptions,
  ): Promise<void> {
    return this.use(async (database) => {
      const transaction = database.transaction('messages', 'readwrite', options);
      // Where the act has failed, its own fault says more.
      transaction.done.catch(() => undefined);
      try {
        await act(transaction.store);
      } catch (fault) {
        abort(transaction);
        throw fault;
      }
      await transaction.done;
    });
  }

  /** Acts on the database, once more on a new connection where the one that was there is gone. */
  private async use<T>(act: (database: OutboxDatabase) => Promise<T>): Promise<T> {
    if (this.hasEnded) throw new DOMException('The outbox has ended.', 'InvalidStateError');
    const connection = this.connection ?? this.connect();
    try {
      return await act(await connection);
    } catch (fault) {
      if (this.hasEnded || !isConnectionGone(fault)) throw fault;
      this.forget(connection);
      return act(await (this.connection ?? this.connect()));
    }
  }

  private connect(): Promise<OutboxDatabase> {
    const connection: Promise<OutboxDatabase> = openDB<OutboxSchema>(
      `elite-chat.outbox.${this.userId}`,
      VERSION,
      {
        upgrade(created) {
          const messages = created.createObjectStore('messages', { autoIncrement: true });
          messages.createIndex('clientMessageId', 'message.clientMessageId', { unique: true });
          created.createObjectStore('leases', { keyPath: 'name' });
        },
        // A newer version of the page must not wait for this tab.
        blocking: () => this.forget(connection),
        // Some browsers drop the connections of pages in the background.
        terminated: () => this.forget(connection),
      },
    );
    this.connection = connection;
    connection.catch(() => this.forget(connection));
    return connection;
  }

  private forget(connection: Promise<OutboxDatabase>): void {
    if (this.connection === connection) this.connection = null;
    void connection.then((database) => database.close()).catch(() => undefined);
  }
}

/** Whether the connection and not what was asked of it is at fault: closed, or dropped while it was used. */
function isConnectionGone(fault: unknown): boolean {
  return (
    fault instanceof DOMException && ['InvalidStateError', 'AbortError', 'UnknownError'].includes(fault.name)
  );
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // What failed has ended it already.
  }
}
