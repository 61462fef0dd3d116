import { EventEmitter } from 'node:events';

import { createAdapter } from '@socket.io/redis-adapter';
import { type Redis } from 'ioredis';

import { type RedisConnection } from './redis-connection';

type AdapterFactory = ReturnType<typeof createAdapter>;

/**
 * What carries broadcasts to the sockets of other nodes; undefined where there is one node. A broadcast that can't be
 * carried is dropped: who misses it catches up from the log by number.
 */
export function createBroadcastAdapter({
  commands,
  subscriptions,
}: RedisConnection): AdapterFactory | undefined {
  if (!commands || !subscriptions) return undefined;
  return createAdapter(new DroppingPublisher(commands), new LastingSubscriber(subscriptions));
}

/** As much of a client as the adapter publishes with; it does not look at what becomes of that. */
class DroppingPublisher extends EventEmitter {
  constructor(private readonly redis: Redis) {
    super();
  }

  publish(channel: string, message: string | Buffer): void {
    this.redis.publish(channel, message).catch(() => undefined);
  }
}

/** As much of a client as the adapter subscribes with. Subscriptions are kept over outages by the client itself. */
class LastingSubscriber {
  constructor(private readonly redis: Redis) {}

  on(event: string, listener: (...args: unknown[]) => void): void {
    this.redis.on(event, listener);
  }

  off(event: string, listener: (...args: unknown[]) => void): void {
    this.redis.off(event, listener);
  }

  psubscribe(pattern: string): void {
    this.redis.psubscribe(pattern).catch(() => undefined);
  }

  subscribe(channels: string[]): void {
    this.redis.subscribe(...channels).catch(() => undefined);
  }

  punsubscribe(pattern: string): void {
    this.redis.punsubscribe(pattern).catch(() => undefined);
  }

  unsubscribe(channels: string[]): void {
    this.redis.unsubscribe(...[channels].flat()).catch(() => undefined);
  }
}
