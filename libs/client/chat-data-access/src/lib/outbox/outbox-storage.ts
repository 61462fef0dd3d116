import { InjectionToken } from '@angular/core';
import type { ErrorBody } from '@elite-chat/contracts';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

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
  /** Notes why a message was refused; one that is not kept any more stays so. */
  fail(clientMessageId: string, failure: ErrorBody): Promise<void>;
  /** Forgets a message. */
  remove(clientMessageId: string): Promise<void>;
  /** Forgets all. */
  clear(): Promise<void>;
  /** Says that `owner` leads for so long, unless another one does; tells whether it does now. */
  takeLease(owner: string, milliseconds: number): Promise<boolean>;
  /** Ends it; what is kept stays. */
  close(): void;
}

interface OutboxSchema extends DBSchema {
  // Under numbers that the browser gives in the order of writing, over all chats and tabs.
  messages: { key: number; value: KeptMessage; indexes: { clientMessageId: string } };
  leases: { key: string; value: { name: string; owner: string; until: number } };
}

const VERSION = 1;
const LEADER = 'leader';

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

/** In IndexedDB, in a database of the person's own, shared by all tabs. */
export class IndexedOutboxStorage implements OutboxStorage {
  readonly isDurable = true;

  private constructor(private readonly database: IDBPDatabase<OutboxSchema>) {}

  /** Rejects where the browser has no IndexedDB, or refuses it. */
  static async open(userId: string): Promise<IndexedOutboxStorage> {
    const database = await openDB<OutboxSchema>(`elite-chat.outbox.${userId}`, VERSION, {
      upgrade(created) {
        const messages = created.createObjectStore('messages', { autoIncrement: true });
        messages.createIndex('clientMessageId', 'message.clientMessageId', { unique: true });
        created.createObjectStore('leases', { keyPath: 'name' });
      },
      // A newer version of the page must not wait for this tab.
      blocking: () => database.close(),
    });
    return new IndexedOutboxStorage(database);
  }

  all(): Promise<KeptMessage[]> {
    return this.database.getAll('messages');
  }

  async add(message: LocalMessage): Promise<void> {
    // On the disk when it resolves: the field is emptied then.
    const transaction = this.database.transaction('messages', 'readwrite', { durability: 'strict' });
    await transaction.store.add({ message, failure: null });
    await transaction.done;
  }

  async fail(clientMessageId: string, failure: ErrorBody): Promise<void> {
    const transaction = this.database.transaction('messages', 'readwrite');
    const cursor = await transaction.store.index('clientMessageId').openCursor(clientMessageId);
    await cursor?.update({ ...cursor.value, failure });
    await transaction.done;
  }

  async remove(clientMessageId: string): Promise<void> {
    const transaction = this.database.transaction('messages', 'readwrite');
    const cursor = await transaction.store.index('clientMessageId').openCursor(clientMessageId);
    await cursor?.delete();
    await transaction.done;
  }

  async clear(): Promise<void> {
    await this.database.clear('messages');
  }

  async takeLease(owner: string, milliseconds: number): Promise<boolean> {
    const transaction = this.database.transaction('leases', 'readwrite');
    const lease = await transaction.store.get(LEADER);
    const isFree = !lease || lease.owner === owner || lease.until < Date.now();
    if (isFree) await transaction.store.put({ name: LEADER, owner, until: Date.now() + milliseconds });
    await transaction.done;
    return isFree;
  }

  close(): void {
    this.database.close();
  }
}
