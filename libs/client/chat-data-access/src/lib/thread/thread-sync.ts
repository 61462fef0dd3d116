import { type JoinedChat, type MessagePageDto, PAGE_LIMIT_MAX } from '@elite-chat/contracts';
import { ChatRequestError } from '@elite-chat/session';

import { backoffDelay } from '../realtime/backoff';
import { coalesce } from '../realtime/coalesce';
import type { ThreadLog } from './thread-log';

/** Further behind than this many entries, the newest page is loaded instead. */
const CATCH_UP_MAX = 1_000;

/** So often a thread is loaded anew at once; after that the next look at its head must do. */
const RELOADS_MAX = 2;

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
  /** What is loaded has come up to date with a page. */
  caughtUp(page: MessagePageDto): void;
  /** The chat is not there for us any more. */
  lost(error: ChatRequestError): void;
}

/**
 * Keeps a thread complete: compares its head whenever it is asked to, and fetches what is missing. Broadcasts may
 * be lost on the way; the log never is.
 */
export class ThreadSync {
  private readonly run = coalesce(() => this.bringUpToDate());
  private mustJoin = false;
  private mustReload = false;
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

  /** Fetches what the log says is missing. */
  catchUp(): Promise<void> {
    return this.run();
  }

  /** Loads the newest page instead of what is loaded. */
  reload(): Promise<void> {
    this.mustReload = true;
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
    const { mustJoin } = this;
    this.mustJoin = false;
    try {
      const joined = mustJoin ? await this.source.join() : null;
      if (this.hasEnded) return;
      if (joined) this.compare(joined);
      await this.fetchMissing();
      if (this.hasEnded) return;
      if (joined) this.source.joined(joined);
      this.failures = 0;
    } catch (fault) {
      this.mustJoin = true;
      this.fail(ChatRequestError.from(fault));
    }
  }

  private compare({ chat: { epoch, lastSeq } }: JoinedChat): void {
    if (epoch === this.log.epoch) this.log.hear(lastSeq);
    else this.mustReload = true;
  }

  private async fetchMissing(): Promise<void> {
    let reloads = 0;
    let isInDoubt = false;
    while (!this.hasEnded && (this.mustReload || isInDoubt || this.log.isBehind)) {
      if (this.mustReload || this.isFarBehind()) {
        if (reloads++ === RELOADS_MAX) return;
        isInDoubt = await this.loadNewest();
        continue;
      }
      const after = this.log.completeSeq;
      const page = await this.source.after(after, PAGE_LIMIT_MAX);
      if (this.hasEnded) return;
      isInDoubt = false;
      if (page.epoch !== this.log.epoch) this.mustReload = true;
      if (this.mustReload) continue;
      this.log.catchUp(after, page);
      this.source.caughtUp(page);
      // A page that leads no further would be asked for for ever.
      if (page.seq <= after) return;
    }
  }

  /** Answers whether something may have come meanwhile that could not be taken: its numbers were of another epoch. */
  private async loadNewest(): Promise<boolean> {
    const { epoch } = this.log;
    const page = await this.source.newest();
    if (this.hasEnded) return false;
    this.mustReload = false;
    this.log.reset(page);
    this.source.caughtUp(page);
    return epoch !== null && epoch !== page.epoch;
  }

  private isFarBehind(): boolean {
    return this.log.headSeq - this.log.completeSeq > CATCH_UP_MAX;
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
    const delay = (error.retryAfter ?? 0) * 1_000 + backoffDelay(this.failures++);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), delay);
  }
}
