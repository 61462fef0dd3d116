import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { type Room } from './crowd';
import { requireSuccess } from './light-socket';
import { type LoadResult } from './load-questions';

/** How long deliveries may come in after the last answer, in milliseconds. */
const DELIVERY_WAIT_MS = 10_000;

const TEXT = 'Where are the photos of our wedding? We ordered them in May and nobody has answered since.';

/** Each chat has so many messages under way at once: how much gets through. */
export async function closedLoop(
  rooms: readonly Room[],
  inFlight: number,
  { milliseconds = Infinity, messages = Infinity }: { milliseconds?: number; messages?: number },
): Promise<LoadResult> {
  const before = deliveredTo(rooms);
  const from = performance.now();
  let sent = 0;
  const sendOn = async (room: Room): Promise<void> => {
    while (sent < messages && performance.now() - from < milliseconds) {
      sent++;
      await send(room);
    }
  };
  await Promise.all(rooms.flatMap((room) => Array.from({ length: inFlight }, () => sendOn(room))));
  const elapsed = performance.now() - from;
  await allDelivered(rooms, before + sent * socketsOf(rooms));
  return { messages: sent, milliseconds: elapsed, latencies: [] };
}

/**
 * Sends at the moments of a Poisson process, whether or not the server keeps up. A message counts
 * from the moment at which it was due: a generator that is late hides nothing.
 */
export async function openLoop(
  rooms: readonly Room[],
  perSecond: number,
  milliseconds: number,
): Promise<LoadResult> {
  const before = deliveredTo(rooms);
  const latencies: number[] = [];
  const under: Promise<void>[] = [];
  const from = performance.now();
  let due = from;
  for (;;) {
    due += (-Math.log(1 - Math.random()) * 1_000) / perSecond;
    if (due - from > milliseconds) break;
    const wait = due - performance.now();
    if (wait > 0) await pause(wait);
    const room = rooms[Math.floor(Math.random() * rooms.length)];
    if (!room) throw new Error('There are no rooms.');
    const was = due;
    under.push(send(room).then(() => void latencies.push(performance.now() - was)));
  }
  await Promise.all(under);
  const elapsed = performance.now() - from;
  await allDelivered(rooms, before + under.length * socketsOf(rooms));
  return { messages: under.length, milliseconds: elapsed, latencies };
}

async function send({ chatId, sockets: [sender] }: Room): Promise<void> {
  const payload = { chatId, message: TEXT, clientMessageId: randomUUID() };
  const packet = await new Promise<string>((resolve) => sender?.say('send_message', payload, resolve));
  requireSuccess(packet);
}

/** Every room has as many. */
function socketsOf([first]: readonly Room[]): number {
  return first?.sockets.length ?? 0;
}

function deliveredTo(rooms: readonly Room[]): number {
  let delivered = 0;
  for (const { sockets } of rooms) for (const socket of sockets) delivered += socket.delivered;
  return delivered;
}

async function allDelivered(rooms: readonly Room[], expected: number): Promise<void> {
  const until = Date.now() + DELIVERY_WAIT_MS;
  while (deliveredTo(rooms) !== expected) {
    if (Date.now() > until) throw new Error(`${deliveredTo(rooms)} deliveries instead of ${expected}`);
    await pause(5);
  }
}
