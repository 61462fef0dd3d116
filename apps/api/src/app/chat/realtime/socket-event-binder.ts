import { type Ack, ACK_TIMEOUT_MS, type ClientEventName } from '@elite-chat/contracts';
import { Injectable, Logger } from '@nestjs/common';

import { withinDeadline } from '../../database/within-deadline';
import { ApiError } from '../../errors/api-error';
import { asApiError } from '../../errors/as-api-error';
import { Metrics } from '../../metrics/metrics';
import { invalidInput, validateInput } from '../../validation/validate-input';
import { ChatEventHandlers, type ClientEventHandlers } from './chat-event-handlers';
import { type ChatSocket } from './chat-socket';
import { SocketLimits } from './socket-limits';

/** However long the database takes, the caller is answered before giving up, in milliseconds. */
const ANSWER_WITHIN_MS = ACK_TIMEOUT_MS - 1_000;

type Answer = (ack: Ack<unknown>) => void;

/**
 * Binds the chat's events to a socket, one listener for all of them: validate, limit, act, ack. For
 * every input the caller is answered with one or the other; without an ack function, nobody is told.
 */
@Injectable()
export class SocketEventBinder {
  private readonly logger = new Logger(SocketEventBinder.name);

  constructor(
    private readonly events: ChatEventHandlers,
    private readonly limits: SocketLimits,
    private readonly metrics: Metrics,
  ) {}

  /** Answers everything that this socket says, until it disconnects. */
  bind(socket: ChatSocket): void {
    socket.onAny((event: string, ...args: unknown[]) => {
      const answer = takeAnswer(args);
      withinDeadline(this.handle(socket, event, args), ANSWER_WITHIN_MS).then(
        (data) => answer({ ok: true, data }),
        (error: unknown) => answer({ ok: false, error: this.explain(event, error).toBody() }),
      );
    });
  }

  private async handle(socket: ChatSocket, event: string, args: readonly unknown[]): Promise<unknown> {
    await this.limits.admitEvent(socket.data.user.id);
    const { handlers } = this.events;
    if (!isClientEvent(handlers, event)) {
      throw new ApiError('unknown_event', 'There is no such event.');
    }
    if (event === 'send_message') await this.limits.admitMessage(socket.data.user.id);
    if (args.length > 1) {
      throw invalidInput([{ field: 'body', message: 'body must be the only argument beside the ack' }]);
    }
    return act(handlers[event], socket, args[0]);
  }

  private explain(event: string, error: unknown): ApiError {
    const refusal = asApiError(error);
    this.metrics.refused('socket', refusal.code);
    if (refusal.status >= 500)
      this.logger.error({ err: refusal.cause ?? refusal, event }, 'An event failed.');
    return refusal;
  }
}

function act<E extends ClientEventName>(
  handler: ClientEventHandlers[E],
  socket: ChatSocket,
  payload: unknown,
): Promise<unknown> {
  return handler.act(socket, validateInput(handler.payload, payload));
}

function isClientEvent(handlers: ClientEventHandlers, event: string): event is ClientEventName {
  return Object.hasOwn(handlers, event);
}

/** Takes the ack function off the end of the arguments; answers into the void where there is none. */
function takeAnswer(args: unknown[]): Answer {
  const last = args.at(-1);
  if (typeof last !== 'function') return () => undefined;
  args.pop();
  return (ack) => void Reflect.apply(last, undefined, [ack]);
}
