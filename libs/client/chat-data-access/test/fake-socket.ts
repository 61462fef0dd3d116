import type { ServerEventName, ServerEventPayload } from '@elite-chat/contracts';
import { Observable, Subject } from 'rxjs';

/** What the other end of the line does. */
export interface FakeSocketServer {
  /** The error to refuse a connection with; null to accept it. */
  refusal(token: unknown): Error | null;
  /** The answer to an event; a promise that never resolves for silence. */
  answer(event: string, payload: unknown): Promise<unknown>;
}

/** `ngx-socket-io`'s Socket as far as `ChatSocket` uses it, with the server in the same memory. */
export class FakeSocket {
  auth: unknown = null;
  connected = false;
  /** How often a connection was tried. */
  tries = 0;
  private readonly events = new Map<string, Subject<unknown>>();
  private readonly waiting = new Set<(error: Error) => void>();

  /** The application's `tick()`. */
  tick: () => void = () => undefined;

  constructor(private readonly server: FakeSocketServer) {}

  /** As the library's: whoever listens comes first, then the application's `tick()`. Once per event: it leaks. */
  fromEvent(event: string): Observable<unknown> {
    if (this.events.has(event)) throw new Error(`${event} is listened to already`);
    const subject = this.subject(event);
    let isHeard = false;
    return new Observable((observer) => {
      if (isHeard) throw new Error(`${event} is subscribed to already`);
      isHeard = true;
      return subject.subscribe((payload) => {
        observer.next(payload);
        this.tick();
      });
    });
  }

  connect(): this {
    this.tries++;
    queueMicrotask(() => {
      const token = typeof this.auth === 'object' && this.auth ? Reflect.get(this.auth, 'token') : null;
      const refusal = this.server.refusal(token);
      if (refusal) {
        this.subject('connect_error').next(refusal);
        return;
      }
      this.connected = true;
      this.subject('connect').next(undefined);
    });
    return this;
  }

  disconnect(): this {
    this.close('io client disconnect');
    return this;
  }

  timeout(milliseconds: number): { emitWithAck(event: string, payload: unknown): Promise<unknown> } {
    return {
      emitWithAck: (event, payload) =>
        new Promise((resolve, reject) => {
          const timer = setTimeout(() => refuse(new Error('operation has timed out')), milliseconds);
          const refuse = (error: Error) => {
            clearTimeout(timer);
            this.waiting.delete(refuse);
            reject(error);
          };
          this.waiting.add(refuse);
          void this.server.answer(event, payload).then((ack) => {
            if (!this.waiting.delete(refuse)) return;
            clearTimeout(timer);
            resolve(ack);
          });
        }),
    };
  }

  /** The server says an event. */
  hear<E extends ServerEventName>(event: E, payload: ServerEventPayload<E>): void {
    if (this.connected) this.subject(event).next(payload);
  }

  /** The line breaks. */
  close(reason = 'transport close'): void {
    if (!this.connected) return;
    this.connected = false;
    this.subject('disconnect').next(reason);
    for (const refuse of [...this.waiting]) refuse(new Error('socket has been disconnected'));
  }

  private subject(event: string): Subject<unknown> {
    const subject = this.events.get(event) ?? new Subject<unknown>();
    this.events.set(event, subject);
    return subject;
  }
}
