import { randomUUID } from 'node:crypto';

import { type ErrorCode, type MessageDto } from '@elite-chat/contracts';

import { type Attempt } from './attempt';
import { backoffDelay } from './backoff';
import { type ChatConnection, Refused } from './chat-connection';

/** The next try of the same id may well succeed. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['busy', 'unavailable', 'rate_limited']);

/** A fault of the server is believed after so many tries. */
const FAULTS_MAX = 5;

/** What one client has written to one chat: sent one at a time, in order, with the same id until answered. */
export class Outbox {
  readonly attempts: Attempt[] = [];
  /** How often a try ended without being stored or refused for good, by the code of the answer or `unanswered`. */
  readonly setbacks = new Map<string, number>();
  private readonly device = randomUUID();
  private next = 0;
  private tries = 0;
  private isSending = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly chatId: string,
    private readonly sender: string,
    private readonly connection: ChatConnection,
    private readonly longestPauseMs: number,
    private readonly stored: (message: MessageDto) => void,
  ) {}

  /** Whether everything is answered for good. */
  get isEmpty(): boolean {
    return this.next === this.attempts.length;
  }

  /** Takes a text in at the end. */
  write(message: string): Attempt {
    const attempt: Attempt = {
      chatId: this.chatId,
      sender: this.sender,
      device: this.device,
      order: this.attempts.length,
      clientMessageId: randomUUID(),
      message,
      tries: 0,
      acks: [],
      refusal: null,
    };
    this.attempts.push(attempt);
    void this.sendAll();
    return attempt;
  }

  /** There is a new connection: nothing waits any longer. */
  resume(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    void this.sendAll();
  }

  /** Ends it: nothing more is sent. */
  end(): void {
    clearTimeout(this.timer);
    this.next = this.attempts.length;
  }

  private async sendAll(): Promise<void> {
    if (this.isSending || this.timer) return;
    this.isSending = true;
    for (;;) {
      const attempt = this.attempts[this.next];
      if (!attempt || !this.connection.socket.connected) break;
      if (!(await this.send(attempt))) break;
    }
    this.isSending = false;
  }

  /** Whether the next one may follow now. */
  private async send(attempt: Attempt): Promise<boolean> {
    const { chatId, message, clientMessageId } = attempt;
    attempt.tries++;
    try {
      const stored = await this.connection.ask('send_message', { chatId, message, clientMessageId });
      attempt.acks.push(stored);
      this.stored(stored);
    } catch (error) {
      if (!(error instanceof Refused) || this.mayPass(error)) {
        const { code, retryAfter = 0 } = error instanceof Refused ? error.body : { code: 'unanswered' };
        this.setbacks.set(code, (this.setbacks.get(code) ?? 0) + 1);
        this.tryLater(retryAfter * 1_000);
        return false;
      }
      attempt.refusal = error.body;
    }
    this.tries = 0;
    this.next++;
    return true;
  }

  private mayPass({ body: { code } }: Refused): boolean {
    return PASSING.has(code) || (code === 'internal_error' && this.tries < FAULTS_MAX);
  }

  private tryLater(notBefore: number): void {
    const pause = notBefore + backoffDelay(this.tries++, this.longestPauseMs);
    this.timer = setTimeout(() => this.resume(), pause);
  }
}
