import {
  ACK_TIMEOUT_MS,
  type ClientEventAnswer,
  type ClientEventName,
  type ClientEventPayload,
} from '@elite-chat/contracts';
import { ChatRequestError, readErrorBody } from '@elite-chat/session';

/** What a self-test needs of a socket; one of `socket.io-client` or of `ngx-socket-io` will do. */
export interface ProbeSocket {
  readonly connected: boolean;
  timeout(milliseconds: number): { emitWithAck(event: string, payload: unknown): Promise<unknown> };
}

/** Says events and waits for their answers, as `ChatSocket.emitWithAck`. */
export type Ask = <E extends ClientEventName>(
  event: E,
  payload: ClientEventPayload<E>,
) => Promise<ClientEventAnswer<E>>;

/** Asks over any socket. */
export function askOver(socket: ProbeSocket): Ask {
  return async <E extends ClientEventName>(event: E, payload: ClientEventPayload<E>) => {
    const ack = await socket.timeout(ACK_TIMEOUT_MS).emitWithAck(event, payload);
    if (isAnswered<ClientEventAnswer<E>>(ack)) return ack.data;
    const body = readErrorBody(typeof ack === 'object' && ack !== null ? Reflect.get(ack, 'error') : null);
    throw body ? ChatRequestError.fromBody(body) : new Error(`Unexpected answer: ${JSON.stringify(ack)}`);
  };
}

function isAnswered<T>(ack: unknown): ack is { ok: true; data: T } {
  return typeof ack === 'object' && ack !== null && Reflect.get(ack, 'ok') === true;
}
