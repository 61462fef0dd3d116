import {
  type Ack,
  type ClientEventAnswer,
  type ClientEventName,
  type ClientEventPayload,
  type ClientToServerEvents,
  type ErrorBody,
  type ServerToClientEvents,
} from '@elite-chat/contracts';
import { io, type Socket } from 'socket.io-client';

import { backoffDelay } from './backoff';

/** The server said no. */
export class Refused extends Error {
  constructor(readonly body: ErrorBody) {
    super(`${body.code}: ${body.message}`);
  }
}

/** No answer came: the line broke, or nothing was heard in time. */
export class Unanswered extends Error {}

/** Where a connection goes and what it waits for. */
export interface ConnectionOptions {
  url: string;
  token: string;
  /** How long an answer may take, in milliseconds. */
  ackTimeoutMs: number;
  /** The longest pause between two tries to connect, in milliseconds. */
  longestPauseMs: number;
}

/** One connection to the server that is tried again for ever: later each time, at random within that. */
export class ChatConnection {
  readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  /** The server's answers to handshakes that it refused, by code. */
  readonly refusals = new Map<string, number>();
  /** When it was connected, in milliseconds since 1970, the last time; null before. */
  connectedAt: number | null = null;
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;
  private isWanted = false;

  constructor(private readonly options: ConnectionOptions) {
    this.socket = io(options.url, {
      auth: { token: options.token },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      autoConnect: false,
    });
    this.socket.on('connect', () => {
      this.failures = 0;
      this.connectedAt = Date.now();
    });
    this.socket.on('connect_error', (error) => this.onRefused(error));
    this.socket.on('disconnect', () => this.tryAgain(0));
  }

  /** Wants a connection from now on. */
  open(): void {
    this.isWanted = true;
    this.socket.connect();
  }

  /** Wants none any more. */
  close(): void {
    this.isWanted = false;
    clearTimeout(this.timer);
    this.socket.disconnect();
  }

  /**
   * Says an event and waits for its answer.
   * @throws Refused with the server's words, Unanswered when there is no answer
   */
  async ask<E extends ClientEventName>(
    event: E,
    payload: ClientEventPayload<E>,
  ): Promise<ClientEventAnswer<E>> {
    if (!this.socket.connected) throw new Unanswered('There is no connection.');
    let ack: Ack<ClientEventAnswer<E>>;
    try {
      const untyped: Pick<Socket, 'timeout'> = this.socket;
      ack = await untyped.timeout(this.options.ackTimeoutMs).emitWithAck(event, payload);
    } catch (error) {
      throw new Unanswered(String(error));
    }
    if (ack.ok) return ack.data;
    throw new Refused(ack.error);
  }

  private onRefused(error: Error & { data?: ErrorBody }): void {
    const { data } = error;
    if (data) this.refusals.set(data.code, (this.refusals.get(data.code) ?? 0) + 1);
    if (data?.code !== 'unauthorized') this.tryAgain((data?.retryAfter ?? 0) * 1_000);
  }

  private tryAgain(notBefore: number): void {
    if (!this.isWanted) return;
    clearTimeout(this.timer);
    const pause = notBefore + backoffDelay(this.failures++, this.options.longestPauseMs);
    this.timer = setTimeout(() => this.socket.connect(), pause);
  }
}
