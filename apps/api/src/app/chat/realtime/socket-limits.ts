import { Injectable } from '@nestjs/common';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

import { Environment } from '../../config/environment';
import { ApiError } from '../../errors/api-error';
import { RateLimiters } from '../../throttling/rate-limiters';

/**
 * Connections that an address may begin for each of its handshakes: who is refused at the handshake is told why and
 * when to come again, which nobody can be told who gets no connection. Those who come back in good order, a few
 * times, must find one.
 */
const CONNECTIONS_PER_HANDSHAKE = 4;

/**
 * How much one person, or one address, may ask of the sockets. Bursts that a fast typist or a
 * reconnecting outbox never meets.
 */
@Injectable()
export class SocketLimits {
  private readonly events: RateLimiterAbstract;
  private readonly messages: RateLimiterAbstract;
  private readonly handshakes: RateLimiterAbstract;
  private readonly connections: RateLimiterAbstract;

  constructor({ limits }: Environment, limiters: RateLimiters) {
    this.events = limiters.create('events', limits.socketEventsPerTenSeconds, 10);
    this.messages = limiters.create('messages', limits.messagesPerTenSeconds, 10);
    this.handshakes = limiters.create('handshakes', limits.handshakesPerMinute, 60);
    // A connection costs the node that it comes to; the line must not be left alone while others are asked.
    this.connections = limiters.createHere(
      'connections',
      CONNECTIONS_PER_HANDSHAKE * limits.handshakesPerMinute,
      60,
    );
  }

  /** @throws ApiError `rate_limited` when this person says too much */
  admitEvent(userId: string): Promise<void> {
    return admit(this.events, userId);
  }

  /** @throws ApiError `rate_limited` when this person sends too many messages */
  admitMessage(userId: string): Promise<void> {
    return admit(this.messages, userId);
  }

  /**
   * @param addressKey what the address is counted under, as REST calls are
   * @throws ApiError `rate_limited` when there are too many connections from this address
   */
  admitHandshake(addressKey: string): Promise<void> {
    return admit(this.handshakes, addressKey);
  }

  /**
   * Before a handshake, which some never make.
   * @param addressKey as of {@link admitHandshake}
   * @throws ApiError `rate_limited` when this address begins too many connections at this node
   */
  admitConnection(addressKey: string): Promise<void> {
    return admit(this.connections, addressKey);
  }
}

async function admit(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new ApiError('rate_limited', 'That was too much at once; try again shortly.', {
      retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)),
    });
  }
}
