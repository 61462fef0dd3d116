import { type Signal, signal } from '@angular/core';
import type { MessagePageDto } from '@elite-chat/contracts';
import { ChatRequestError } from '@elite-chat/session';

import type { ThreadLog } from './thread-log';

/** What loading pages needs of its surroundings. */
export interface PageSource {
  /** A page before or after a number. */
  page(query: { before?: number; after?: number }): Promise<MessagePageDto>;
  /** Fetches what the log says is missing. */
  catchUp(): Promise<void>;
  /** The database was restored. */
  synchronize(): Promise<void>;
  /** The chat is not there for us any more. */
  lost(error: ChatRequestError): void;
}

/** One direction in which pages are loaded, one at a time. */
export class PageLoading {
  private readonly loading = signal(false);
  private readonly fault = signal<ChatRequestError | null>(null);

  /** Whether a page is on its way. */
  readonly isLoading: Signal<boolean> = this.loading.asReadonly();

  /** Why the last page could not be loaded; null otherwise. */
  readonly error: Signal<ChatRequestError | null> = this.fault.asReadonly();

  async run(task: () => Promise<void>): Promise<void> {
    if (this.loading()) return;
    this.loading.set(true);
    this.fault.set(null);
    try {
      await task();
    } catch (fault) {
      this.fault.set(ChatRequestError.from(fault));
    } finally {
      this.loading.set(false);
    }
  }
}

/** Loads what lies before and after the loaded part of a thread. */
export class ThreadPages {
  readonly older = new PageLoading();
  readonly newer = new PageLoading();

  constructor(
    private readonly log: ThreadLog,
    private readonly source: PageSource,
  ) {}

  /** Loads the page before the first message. */
  async loadOlder(): Promise<void> {
    const { log } = this;
    if (!log.hasOlder()) return;
    await this.older.run(() =>
      this.load(
        () => ({ before: log.firstSeq }),
        ({ before }) => log.firstSeq === before,
        (page) => log.addOlder(page),
      ),
    );
    this.tellIfLost(this.older);
  }

  /** Loads the page after the last message, where others come after it. */
  async loadNewer(): Promise<void> {
    const { log } = this;
    if (!log.hasNewer()) return;
    await this.newer.run(() =>
      this.load(
        () => ({ after: log.lastSeq }),
        ({ after }) => log.hasNewer() && log.lastSeq === after,
        (page) => log.addNewer(page),
      ),
    );
    this.tellIfLost(this.newer);
  }

  private async load<Query extends { before?: number; after?: number }>(
    next: () => Query,
    isStillNext: (query: Query) => boolean,
    add: (page: MessagePageDto) => void,
  ): Promise<void> {
    let page: MessagePageDto;
    // A page may be empty while the one beyond it is not.
    do {
      const query = next();
      page = await this.source.page(query);
      if (page.epoch !== this.log.epoch) return this.source.synchronize();
      // The thread was loaded anew meanwhile: this page would leave a hole.
      if (!isStillNext(query)) return;
      add(page);
    } while (page.messages.length === 0 && page.hasMore);
    if (this.log.isBehind) void this.source.catchUp();
  }

  private tellIfLost(direction: PageLoading): void {
    const error = direction.error();
    if (error?.code === 'not_found' || error?.code === 'forbidden') this.source.lost(error);
  }
}
