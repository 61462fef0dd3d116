import { type Redis } from 'ioredis';

/** Pause before subscriptions that Redis has refused are asked for again, in milliseconds. */
const RETRY_MS = 1_000;

/**
 * What this node listens to. The client forgets a subscription whose answer a second lost line took with it, so what
 * is wanted is kept here, and asked for whole whenever the line stands, until all the answers are in.
 */
export class LastingSubscriptions {
  private readonly channels = new Set<string>();
  private readonly patterns = new Set<string>();
  /** Tells the answers to the last asking from those to earlier ones, which count no more. */
  private asking = 0;
  private retry: NodeJS.Timeout | undefined;
  private isAnswered = false;

  /** @param whenComplete called whenever everything that is wanted has come to be listened to */
  constructor(
    private readonly line: Redis,
    private readonly whenComplete: () => void,
  ) {
    line.on('ready', () => this.ask());
    line.on('close', () => this.forgetAnswers());
  }

  /** Whether Redis has confirmed everything that is wanted, on the line as it stands. */
  get isComplete(): boolean {
    return this.isAnswered;
  }

  /** Listens to channels, over every outage. */
  subscribe(...channels: (string | string[])[]): void {
    for (const channel of channels.flat()) this.channels.add(channel);
    this.ask();
  }

  /** Listens to all channels that fit a pattern, over every outage. */
  psubscribe(pattern: string): void {
    this.patterns.add(pattern);
    this.ask();
  }

  /** Listens to channels no more. */
  unsubscribe(...channels: (string | string[])[]): void {
    for (const channel of channels.flat()) this.channels.delete(channel);
    if (this.line.status === 'ready') this.line.unsubscribe(...channels.flat()).catch(() => undefined);
  }

  /** Listens to a pattern no more. */
  punsubscribe(pattern: string): void {
    this.patterns.delete(pattern);
    if (this.line.status === 'ready') this.line.punsubscribe(pattern).catch(() => undefined);
  }

  /** Hears what comes, by the client's own events: `message`, `messageBuffer`, `pmessageBuffer`. */
  on(...[event, listener]: Parameters<Redis['on']>): void {
    this.line.on(event, listener);
  }

  /** Hears no more. */
  off(...[event, listener]: Parameters<Redis['off']>): void {
    this.line.off(event, listener);
  }

  /** Asks for nothing any more. */
  stop(): void {
    this.forgetAnswers();
    this.channels.clear();
    this.patterns.clear();
  }

  private ask(): void {
    this.forgetAnswers();
    if (this.line.status !== 'ready') return;
    const { asking } = this;
    Promise.all([
      ...(this.channels.size > 0 ? [this.line.subscribe(...this.channels)] : []),
      ...(this.patterns.size > 0 ? [this.line.psubscribe(...this.patterns)] : []),
    ]).then(
      () => {
        if (asking !== this.asking) return;
        this.isAnswered = true;
        this.whenComplete();
      },
      () => {
        // A line that broke asks by itself once it stands again.
        if (asking === this.asking) this.retry = setTimeout(() => this.ask(), RETRY_MS).unref();
      },
    );
  }

  private forgetAnswers(): void {
    this.asking++;
    this.isAnswered = false;
    clearTimeout(this.retry);
  }
}
