import { HttpBackend } from '@angular/common/http';
import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type UserDto } from '@elite-chat/contracts';
import { aUser } from '@elite-chat/testing';
import { provideSession, SessionStore } from '@elite-chat/session';

import { CHAT_CONNECTION } from '../src/lib/realtime/chat-connection';
import { MemoryOutboxStorage } from '../src/lib/outbox/memory-outbox-storage';
import { OPEN_OUTBOX } from '../src/lib/outbox/outbox-storage';
import { ChatSocket } from '../src/lib/realtime/chat-socket';
import { FakeChatServer } from './fake-chat-server';
import { FakeLocks } from './fake-locks';

/** A page of the client beside its server; timers are the spec's to advance. */
export interface RunningClient {
  readonly server: FakeChatServer;
  readonly socket: ChatSocket;
  readonly session: SessionStore;
}

/** Makes the client's environment, without signing in. */
export function prepareClient(server = new FakeChatServer(), locks = new FakeLocks()): RunningClient {
  Object.defineProperty(navigator, 'locks', { value: locks.manager, configurable: true });
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
  TestBed.configureTestingModule({
    providers: [
      provideSession({ apiUrl: '' }),
      { provide: HttpBackend, useValue: server },
      { provide: OPEN_OUTBOX, useValue: async () => new MemoryOutboxStorage() },
      { provide: CHAT_CONNECTION, useValue: server.socket },
    ],
  });
  server.socket.tick = () => TestBed.inject(ApplicationRef).tick();
  return { server, socket: TestBed.inject(ChatSocket), session: TestBed.inject(SessionStore) };
}

/** Signs in and connects. */
export async function startClient(
  server = new FakeChatServer(),
  user: UserDto = aUser(),
): Promise<RunningClient> {
  const client = prepareClient(server);
  server.user = user;
  await client.session.signIn({ email: user.email, password: 'customer-demo-1' });
  client.socket.connect();
  await settle();
  return client;
}

/** Lets effects and answers take their course, and so much time pass. */
export async function settle(milliseconds = 0): Promise<void> {
  TestBed.tick();
  await jest.advanceTimersByTimeAsync(milliseconds);
  TestBed.tick();
  await jest.advanceTimersByTimeAsync(0);
}

/** To be called after each spec. */
export function endClient(): void {
  TestBed.resetTestingModule();
  localStorage.clear();
  jest.useRealTimers();
}
