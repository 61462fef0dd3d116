import { Socket } from 'socket.io';

/** Socket.IO's packet type of an answer. */
const ACK = 3;

/** Told so by this signal, the process loses no more answers. */
export const LOSE_NO_MORE = 'SIGUSR2';

/** The answers that are lost are those of messages only: the client has nothing else to try again. */
export function loseAcks(initialShare: number): void {
  let share = initialShare;
  process.once(LOSE_NO_MORE, () => (share = 0));
  const send: unknown = Reflect.get(Socket.prototype, 'packet');
  if (typeof send !== 'function') throw new Error('This Socket.IO sends its packets by another method.');
  Reflect.set(
    Socket.prototype,
    'packet',
    function packet(this: Socket, sent: { type: number; data?: unknown }, options: unknown): void {
      if (sent.type === ACK && isMessage(sent.data) && Math.random() < share) return;
      Reflect.apply(send, this, [sent, options]);
    },
  );
}

function isMessage(data: unknown): boolean {
  return JSON.stringify(data)?.includes('"clientMessageId"') ?? false;
}
