import {
  type Ack,
  type ClientEventAnswer,
  type ClientEventName,
  type ClientEventPayload,
  type ErrorBody,
  type ServerEventName,
  type ServerEventPayload,
} from '@elite-chat/contracts';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

import { eventually } from './eventually';

const ACK_WAIT_MS = 15_000;

/** A refusal at the door: the error's message is the code, its `data` the error. */
export class ConnectionRefused extends Error {
  constructor(
    code: string,
    readonly data: ErrorBody,
  ) {
    super(code);
  }
}

/** A plain socket.io-client that remembers all it hears, in order. */
export class ChatSocket {
  private readonly heard: { event: string; payload: unknown }[] = [];

  private constructor(readonly socket: Socket) {
    socket.onAny((event: string, payload: unknown) => this.heard.push({ event, payload }));
  }

  /** Connects, or throws {@link ConnectionRefused}. */
  static async connect(
    url: string,
    token: unknown,
    options: Partial<ManagerOptions & SocketOptions> = {},
  ): Promise<ChatSocket> {
    const socket = io(url, {
      auth: token === undefined ? {} : { token },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...options,
    });
    const chatSocket = new ChatSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('connect_error', (error: Error & { data?: ErrorBody }) => {
        socket.disconnect();
        reject(error.data ? new ConnectionRefused(error.message, error.data) : error);
      });
    });
    return chatSocket;
  }

  /** Says an event of the catalogue and waits for its ack. */
  say<E extends ClientEventName>(
    event: E,
    payload: ClientEventPayload<E>,
  ): Promise<Ack<ClientEventAnswer<E>>> {
    return this.sayAnything(event, payload);
  }

  /** Says an event of the catalogue that must succeed, and gives the ack's data. */
  async ask<E extends ClientEventName>(
    event: E,
    payload: ClientEventPayload<E>,
  ): Promise<ClientEventAnswer<E>> {
    const ack = await this.say(event, payload);
    if (!ack.ok) throw new Error(`${event} was refused: ${JSON.stringify(ack.error)}`);
    return ack.data;
  }

  /** Says whatever it is told, and waits for the ack. */
  sayAnything<T = unknown>(event: string, ...payload: unknown[]): Promise<Ack<T>> {
    return this.socket.timeout(ACK_WAIT_MS).emitWithAck(event, ...payload);
  }

  /** What it has heard of one event, in order. */
  all<E extends ServerEventName>(event: E): ServerEventPayload<E>[] {
    return this.heard.filter((one) => one.event === event).map((one) => one.payload as ServerEventPayload<E>);
  }

  /** The names of all events that it has heard, in order. */
  get events(): string[] {
    return this.heard.map(({ event }) => event);
  }

  /** Waits until it has heard an event that fits. */
  async hears<E extends ServerEventName>(
    event: E,
    fits: (payload: ServerEventPayload<E>) => boolean = () => true,
  ): Promise<ServerEventPayload<E>> {
    const found = await eventually(() => this.all(event).find(fits), Boolean, `the event ${event}`);
    if (!found) throw new Error(`${event} was not heard`);
    return found;
  }

  /**
   * Waits until all that was sent to it before has arrived: one socket's packets keep their order,
   * so an answer stands behind them.
   */
  async isUpToDate(): Promise<void> {
    await this.sayAnything('leave_chat', { chatId: '0'.repeat(24) });
  }

  /** Forgets what it has heard. */
  forget(): void {
    this.heard.length = 0;
  }

  /** Waits until the server has ended the connection, and gives the reason. */
  async isDisconnected(): Promise<void> {
    await eventually(() => !this.socket.connected, Boolean, 'the disconnection');
  }

  close(): void {
    this.socket.disconnect();
  }
}
