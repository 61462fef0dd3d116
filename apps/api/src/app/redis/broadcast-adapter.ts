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
  return createAdapter(new DroppingPublisher(commands), subscriptions);
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
