import { type JoinedChat, type MessagePageDto, PAGE_LIMIT_MAX } from '@elite-chat/contracts';
import { ChatRequestError } from '@elite-chat/session';

import { backoffDelay } from '../realtime/backoff';
import { coalesce } from '../realtime/coalesce';
import type { ThreadLog } from './thread-log';

/** Further behind than this many entries, the newest page is loaded instead. */
const CATCH_UP_MAX = 1_000;

/** The head is asked for this often at least, and this much less often at most, in milliseconds. */
const HEAD_CHECK_MS = 25_000;
const HEAD_CHECK_SPREAD_MS = 5_000;

/** What bringing a thread up to date needs of its surroundings. */
export interface ThreadSource {
  /** Enters the room; the chat's `lastSeq` is the log's head. */
  join(): Promise<JoinedChat>;
  /** The newest page. */
  newest(): Promise<MessagePageDto>;
  /** Entries after a number. */
  after(seq: number, limit: number): Promise<MessagePageDto>;
  /** The chat as joining gave it. */
  joined(joined: JoinedChat): void;
  /** Messages were added that had been missed. */
  caughtUp(page: MessagePageDto): void;
  /** The chat is not there for us any more. */
  lost(error: ChatRequestError): void;
}

/**
 * Keeps a thread complete: compares its head at each connection and every half minute, and fetches what
 * is missing. Broadcasts may be lost on the way; the log never is.
 */
export class ThreadSync {
  private readonly run = coalesce(() => this.bringUpToDate());
  private mustJoin = false;
  private hasEnded = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly log: ThreadLog,
    private readonly source: ThreadSource,
  ) {}

  /** Enters the room, and fetches what its head is ahead: at each connection and whenever in doubt. */
  synchronize(): Promise<void> {
    this.mustJoin = true;
    return this.run();
  }

  /** Fetches the entries after the last complete one: when one was missed. */
  catchUp(): Promise<void> {
    return this.run();
  }

  /** Ends it: no timer, and what is under way changes nothing more. */
  end(): void {
    this.hasEnded = true;
    clearTimeout(this.timer);
  }

  private async bringUpToDate(): Promise<void> {
    if (this.hasEnded) return;
    clearTimeout(this.timer);
    const mustJoin = this.mustJoin;
    this.mustJoin = false;
    try {
      if (mustJoin) await this.joinAndCompare();
      else await this.fetchMissing();
      this.failures = 0;
      this.checkAgain(HEAD_CHECK_MS + Math.random() * HEAD_CHECK_SPREAD_MS);
    } catch (fault) {
      this.fail(ChatRequestError.from(fault));
    }
  }

  private async joinAndCompare(): Promise<void> {
    const joined = await this.source.join();
    if (this.hasEnded) return;
    const { epoch, lastSeq } = joined.chat;
    if (this.mustReload(epoch, lastSeq)) await this.reload();
    else if (lastSeq > this.log.completeSeq) await this.fetchMissing();
    if (!this.hasEnded) this.source.joined(joined);
  }

  private async fetchMissing(): Promise<void> {
    for (;;) {
      const from = this.log.completeSeq;
      const page = await this.source.after(from, PAGE_LIMIT_MAX);
      if (this.hasEnded) return;
      if (this.mustReload(page.epoch, page.lastSeq)) return this.reload();
      this.log.addNewer(page);
      this.source.caughtUp(page);
      // A page that leads no further would be asked for for ever.
      if (!page.hasMore || page.seq <= from) return;
    }
  }

  private async reload(): Promise<void> {
    const page = await this.source.newest();
    if (this.hasEnded) return;
    this.log.reset(page);
    this.source.caughtUp(page);
  }

  private mustReload(epoch: string, head: number): boolean {
    return this.log.epoch !== epoch || head - this.log.completeSeq > CATCH_UP_MAX;
  }

  private fail(error: ChatRequestError): void {
    if (this.hasEnded) return;
    if (error.code === 'not_found' || error.code === 'forbidden') {
      this.end();
      this.source.lost(error);
      return;
    }
    // The next connection brings all up to date, but REST may fail while the connection lives.
    if (error.code === 'unauthorized') return;
    this.checkAgain((error.retryAfter ?? 0) * 1000 + backoffDelay(this.failures++));
  }

  private checkAgain(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.synchronize(), delay);
  }
}
