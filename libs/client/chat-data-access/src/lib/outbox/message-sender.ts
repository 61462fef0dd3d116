import type { MessageDto } from '@elite-chat/contracts';
import { ChatRequestError, type ChatRequestErrorCode } from '@elite-chat/session';

import { backoffDelay } from '../realtime/backoff';
import type { LocalMessage } from '../thread/thread-message';

/** After so many tries that failed by a fault of the server, a person decides. */
const FAULTS_MAX = 5;

/** The next try of the same id may well succeed: whether this one did is unknown, or it was too early. */
const PASSING: ReadonlySet<ChatRequestErrorCode> = new Set([
  'timeout',
  'busy',
  'unavailable',
  'rate_limited',
]);

/** Where a sender takes messages from, and what it does with them. */
export interface SenderDesk {
  /** The oldest message to be sent; undefined when there is none. */
  next(): LocalMessage | undefined;
  /** One try of sending it; rejects with a `ChatRequestError`. */
  deliver(message: LocalMessage): Promise<MessageDto>;
  /** It is stored, as the server now has it. */
  stored(message: LocalMessage, stored: MessageDto): void;
  /** It is refused or given up. */
  failed(message: LocalMessage, error: ChatRequestError): void;
}

/** Sends the messages of one chat: strictly one at a time, in the order of writing. */
export class MessageSender {
  private isSending = false;
  private hasEnded = false;
  private tries = 0;
  private wakes = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** Whether the present pause is one that the server wants, and no guess about the line. */
  private isPauseAskedFor = false;

  constructor(private readonly desk: SenderDesk) {}

  /** There is a new message: it has its turn after those before it, which may wait because the server asked for it. */
  wake(): void {
    this.wakes++;
    if (!this.isSending && this.pause === undefined) void this.sendAll();
  }

  /** There is a new connection: nothing waits any longer, but for what the server itself has put off. */
  resume(): void {
    if (!this.isPauseAskedFor) this.endPause();
    this.wake();
  }

  /** Ends it: what is under way changes nothing more. */
  end(): void {
    this.hasEnded = true;
    this.endPause();
  }

  private endPause(): void {
    clearTimeout(this.pause);
    this.pause = undefined;
    this.isPauseAskedFor = false;
  }

  private async sendAll(): Promise<void> {
    this.isSending = true;
    let goesOn = true;
    while (goesOn && !this.hasEnded) {
      const message = this.desk.next();
      if (!message) break;
      goesOn = await this.send(message);
    }
    this.isSending = false;
  }

  /** Whether the next message may follow now. */
  private async send(message: LocalMessage): Promise<boolean> {
    const { wakes } = this;
    try {
      const stored = await this.desk.deliver(message);
      if (!this.hasEnded) this.desk.stored(message, stored);
      this.tries = 0;
      return true;
    } catch (fault) {
      return this.hasEnded || this.afterFailure(message, ChatRequestError.from(fault), wakes);
    }
  }

  private afterFailure(message: LocalMessage, error: ChatRequestError, wakes: number): boolean {
    // Its own broadcast may have come although its answer was lost.
    if (this.desk.next()?.clientMessageId !== message.clientMessageId) {
      this.tries = 0;
      return true;
    }
    // The next connection wakes us, if it has not done so already.
    if (error.code === 'network' || error.code === 'unauthorized') return this.wakes !== wakes;

    this.tries++;
    const isFault = error.code === 'internal_error';
    if (PASSING.has(error.code) || (isFault && this.tries < FAULTS_MAX)) {
      const delay = (error.retryAfter ?? 0) * 1000 + backoffDelay(this.tries - 1);
      this.isPauseAskedFor = error.code !== 'timeout';
      this.pause = setTimeout(() => {
        this.endPause();
        this.wake();
      }, delay);
      return false;
    }
    this.tries = 0;
    this.desk.failed(message, error);
    return true;
  }
}
