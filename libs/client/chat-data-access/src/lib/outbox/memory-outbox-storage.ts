import type { ErrorBody } from '@elite-chat/contracts';

import type { LocalMessage } from '../thread/thread-message';
import type { OutboxStorage } from './outbox-storage';
import type { KeptMessage } from './unsent-message';

/** Keeps unsent messages as long as the page: for browsers that keep nothing. */
export class MemoryOutboxStorage implements OutboxStorage {
  readonly isDurable = false;
  private readonly messages = new Map<string, KeptMessage>();

  async all(): Promise<KeptMessage[]> {
    return [...this.messages.values()];
  }

  async add(message: LocalMessage): Promise<void> {
    this.messages.set(message.clientMessageId, { message, failure: null });
  }

  async replace(clientMessageId: string, message: LocalMessage): Promise<void> {
    this.messages.delete(clientMessageId);
    this.messages.set(message.clientMessageId, { message, failure: null });
  }

  async fail(clientMessageId: string, failure: ErrorBody): Promise<void> {
    const kept = this.messages.get(clientMessageId);
    if (kept) this.messages.set(clientMessageId, { ...kept, failure });
  }

  async remove(clientMessageId: string): Promise<void> {
    this.messages.delete(clientMessageId);
  }

  async clear(): Promise<void> {
    this.messages.clear();
  }

  /** Nobody else can see this memory. */
  async takeLease(): Promise<boolean> {
    return true;
  }

  close(): void {
    // Nothing to end.
  }
}
