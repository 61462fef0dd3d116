import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { LightSocket } from '../light-socket';
import { type Person } from '../person';
import { type Listener } from './listener';
import { ProtocolListener } from './protocol-listener';
import { RelayListener } from './relay-listener';

/** How often those who catch up are looked at: how exact their times are, in milliseconds. */
const POLL_MS = 2;

/** How long those who are back may take after the last message, in milliseconds. */
const LAST_WAIT_MS = 5_000;

/** Handshakes under way at once. */
const HANDSHAKES = 25;

/** Messages to a room whose listeners lose their lines, one after another. */
export interface CutsPlan {
  url: string;
  person: Person;
  listeners: number;
  /** Whether they know the product's protocol, or leave it to Socket.IO. */
  knowsProtocol: boolean;
  /** From one cut of a listener to its next, in milliseconds. */
  cutEveryMs: number;
  /** How long a line is down, in milliseconds. */
  cutForMs: number;
  messages: number;
  perSecond: number;
}

/** What the listeners had in the end. */
export interface CutsResult {
  /** Of all messages to all listeners, the share that is shown. */
  delivered: number;
  /** Messages that are shown once more. */
  duplicates: number;
  /** From the moment a line may be made anew until all that was sent before is shown, in milliseconds. */
  catchUps: number[];
}

/** Sends steadily, while each listener is cut off again and again; their cuts are spread evenly. */
export async function throughCuts(plan: CutsPlan): Promise<CutsResult> {
  const { url, person, knowsProtocol, cutEveryMs, messages, perSecond } = plan;
  const Kind = knowsProtocol ? ProtocolListener : RelayListener;
  const listeners = Array.from({ length: plan.listeners }, () => new Kind(url, person));
  const sender = await LightSocket.connect(url, person.token);
  try {
    await sender.ask('join_chat', { chatId: person.chatId });
    await joinAll(listeners);
    const course: Course = { ...plan, sent: 0, isOver: false };
    const send = async () => {
      const payload = {
        chatId: person.chatId,
        message: `Number ${course.sent}`,
        clientMessageId: randomUUID(),
      };
      await sender.ask('send_message', payload);
      course.sent++;
    };
    await send();
    await until(() => listeners.every((listener) => listener.hasAll(1)), LAST_WAIT_MS);
    const catchUps = listeners.map((listener, index) =>
      sufferCuts(listener, (index * cutEveryMs) / listeners.length, course),
    );
    while (course.sent < messages) {
      await pause(1_000 / perSecond);
      await send();
    }
    course.isOver = true;
    const times = (await Promise.all(catchUps)).flat();
    await until(() => listeners.every((listener) => listener.hasAll(messages)), LAST_WAIT_MS);
    const shown = listeners.reduce((sum, listener) => sum + listener.shown, 0);
    return {
      delivered: shown / (messages * listeners.length),
      duplicates: listeners.reduce((sum, listener) => sum + listener.shownTwice, 0),
      catchUps: times,
    };
  } finally {
    for (const listener of listeners) listener.close();
    sender.terminate();
  }
}

interface Course extends CutsPlan {
  sent: number;
  isOver: boolean;
}

async function joinAll(listeners: readonly Listener[]): Promise<void> {
  const todo = [...listeners];
  const work = async (): Promise<void> => {
    for (let next = todo.pop(); next; next = todo.pop()) await next.join();
  };
  await Promise.all(Array.from({ length: HANDSHAKES }, work));
}

/** @returns how long it took to catch up, each time that it did before its next cut */
async function sufferCuts(listener: Listener, firstAfterMs: number, course: Course): Promise<number[]> {
  const times: number[] = [];
  await pause(firstAfterMs);
  while (!course.isOver) {
    const from = performance.now();
    listener.cut();
    await pause(course.cutForMs);
    const target = course.sent;
    const back = performance.now();
    listener.connect();
    if (await until(() => listener.hasAll(target), course.cutEveryMs - course.cutForMs)) {
      times.push(performance.now() - back);
    }
    await pause(Math.max(0, from + course.cutEveryMs - performance.now()));
  }
  return times;
}

/** Whether something became true in time. */
async function until(isTrue: () => boolean, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (!isTrue()) {
    if (performance.now() > deadline) return false;
    await pause(POLL_MS);
  }
  return true;
}
