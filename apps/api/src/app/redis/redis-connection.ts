import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { type Observable, Subject } from 'rxjs';

import { Environment } from '../config/environment';
import { LastingSubscriptions } from './lasting-subscriptions';

/** A command may take so long, in milliseconds; then whoever asked goes on without Redis. */
const COMMAND_TIMEOUT_MS = 500;

/** A line on which nothing comes back for so long is given up, in milliseconds. */
const LINE_TIMEOUT_MS = 2_000;

/** Each line is tried at least this often, so that one that is half open is noticed; milliseconds. */
const HEARTBEAT_MS = 5_000;

const CONNECT_TIMEOUT_MS = 3_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * The lines to Redis, which only tells nodes of each other: what it can't do now costs time, never a message.
 * Nothing waits in a queue for it, and nobody waits for it longer than half a second. It is looked for without
 * end; the log says once that it is away, and once that it is back.
 */
@Injectable()
export class RedisConnection implements OnApplicationShutdown {
  private readonly logger = new Logger(RedisConnection.name);
  private readonly readiness = new Subject<void>();
  private readonly heartbeat: NodeJS.Timeout | undefined;
  private readonly subscriptionLine: Redis | null;
  private isAway = false;

  /** For commands; null: this is the only node. They fail at once while Redis is away. */
  readonly commands: Redis | null;

  /** For subscriptions, which outlast a lost line; null: this is the only node. */
  readonly subscriptions: LastingSubscriptions | null;

  /** Emits when both lines stand and everything that is subscribed to is heard: at first, and after each outage. */
  readonly ready$: Observable<void> = this.readiness.asObservable();

  constructor({ redisUrl }: Environment) {
    const common: RedisOptions = {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: LINE_TIMEOUT_MS,
      retryStrategy: pauseBefore,
      // What was under way when a line broke is over: trying again is the caller's decision.
      autoResendUnfulfilledCommands: false,
    };
    this.commands = redisUrl
      ? new Redis(redisUrl, {
          ...common,
          enableOfflineQueue: false,
          commandTimeout: COMMAND_TIMEOUT_MS,
          maxRetriesPerRequest: 1,
        })
      : null;
    this.subscriptionLine = redisUrl
      ? new Redis(redisUrl, { ...common, autoResubscribe: false, maxRetriesPerRequest: null })
      : null;
    this.subscriptions = this.subscriptionLine
      ? new LastingSubscriptions(this.subscriptionLine, () => this.noteReady())
      : null;
    for (const line of this.lines()) {
      line.on('error', (error: Error) => this.noteAway(error));
      line.on('close', () => this.noteAway(null));
      line.on('ready', () => this.noteReady());
    }
    if (!redisUrl) return;
    this.heartbeat = setInterval(() => {
      for (const line of this.lines()) if (line.status === 'ready') line.ping().catch(() => undefined);
    }, HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  /** Whether several nodes are meant to work together. */
  get isConfigured(): boolean {
    return this.commands !== null;
  }

  /** Whether Redis answers now and tells us everything that we subscribed to, as far as we know. */
  get isReady(): boolean {
    return this.subscriptions?.isComplete === true && this.lines().every(({ status }) => status === 'ready');
  }

  onApplicationShutdown(): void {
    clearInterval(this.heartbeat);
    this.isAway = true;
    this.subscriptions?.stop();
    for (const line of this.lines()) line.disconnect();
    this.readiness.complete();
  }

  private lines(): Redis[] {
    return [this.commands, this.subscriptionLine].filter((line) => line !== null);
  }

  private noteAway(error: Error | null): void {
    if (this.isAway) return;
    this.isAway = true;
    this.logger.warn({ err: error ?? undefined }, 'Redis is away: other nodes are heard of more slowly.');
  }

  private noteReady(): void {
    if (!this.isReady) return;
    if (this.isAway) this.logger.log('Redis is back.');
    this.isAway = false;
    this.readiness.next();
  }
}

/** Full jitter, so that many nodes don't come back at one moment. */
function pauseBefore(attempt: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 10));
  return FIRST_PAUSE_MS / 2 + Math.random() * longest;
}
