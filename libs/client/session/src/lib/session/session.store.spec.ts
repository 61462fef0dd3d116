import { HttpBackend } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { aUser, anAdmin } from '@elite-chat/testing';

import { FakeAccountServer } from '../../../test/fake-account-server';
import { AccountApi } from '../api/account-api';
import { provideSession } from '../provide-session';
import { SESSION_KEY } from './session-storage';
import { SessionStore } from './session.store';

const CREDENTIALS = { email: 'cora@example.com', password: 'customer-demo-1' };

describe('SessionStore', () => {
  let server: FakeAccountServer;

  /** A page of the client, signed in only by what the browser has kept. */
  function load(): SessionStore {
    TestBed.configureTestingModule({
      providers: [provideSession({ apiUrl: '' }), { provide: HttpBackend, useValue: server }],
    });
    return TestBed.inject(SessionStore);
  }

  async function signIn(): Promise<SessionStore> {
    const session = load();
    await session.signIn(CREDENTIALS);
    return session;
  }

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    server = new FakeAccountServer();
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    localStorage.clear();
    jest.useRealTimers();
  });

  it('keeps who has signed in across a reload', async () => {
    await signIn();
    TestBed.resetTestingModule();
    const session = load();

    expect(session.user()).toEqual(aUser());
    expect(session.isSignedIn()).toBe(true);
  });

  it('signs requests with the token', async () => {
    await signIn();
    await expect(TestBed.inject(AccountApi).me()).resolves.toEqual(aUser());
  });

  it('rejects with the error of the server', async () => {
    const session = load();
    server.failure = 'invalid_credentials';

    await expect(session.signIn(CREDENTIALS)).rejects.toMatchObject({
      name: 'ChatRequestError',
      code: 'invalid_credentials',
    });
    expect(session.isSignedIn()).toBe(false);
  });

  it('rejects with network when the server is not reached', async () => {
    const session = load();
    server.failure = 'network';
    await expect(session.signIn(CREDENTIALS)).rejects.toMatchObject({ code: 'network' });
  });

  it('ends when the server refuses the token, and still knows whose it was', async () => {
    const session = await signIn();
    server.token = 'token-2';

    await expect(TestBed.inject(AccountApi).me()).rejects.toMatchObject({ code: 'unauthorized' });

    expect(session.hasEnded()).toBe(true);
    expect(session.isSignedIn()).toBe(false);
    expect(session.user()).toEqual(aUser());
  });

  it('does not end for a refusal of an earlier token', async () => {
    const session = await signIn();
    session.end('token-0');
    expect(session.hasEnded()).toBe(false);
  });

  it('ends when its token expires, however wrong the clock of this machine', async () => {
    const issued = Date.now() / 1000 - 86_400 * 365;
    server.token = `x.${btoa(JSON.stringify({ iat: issued, exp: issued + 60 }))}.x`;
    const session = await signIn();

    await jest.advanceTimersByTimeAsync(59_000);
    expect(session.hasEnded()).toBe(false);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(session.hasEnded()).toBe(true);
  });

  it('waits for an expiry beyond the longest timer', async () => {
    server.token = `x.${btoa(JSON.stringify({ iat: 0, exp: 40 * 86_400 }))}.x`;
    const session = await signIn();

    await jest.advanceTimersByTimeAsync(39 * 86_400_000);
    expect(session.hasEnded()).toBe(false);
    await jest.advanceTimersByTimeAsync(86_400_000);
    expect(session.hasEnded()).toBe(true);
  });

  it('follows the other tabs of the browser', async () => {
    const session = await signIn();
    localStorage.setItem(SESSION_KEY, JSON.stringify({ token: 'token-2', user: anAdmin(), expiresAt: null }));
    window.dispatchEvent(new StorageEvent('storage', { key: SESSION_KEY }));
    expect(session.user()).toEqual(anAdmin());

    localStorage.clear();
    window.dispatchEvent(new StorageEvent('storage', { key: null }));
    expect(session.user()).toBeNull();
  });

  it.each(['{', '{}', '"x"', 'null', JSON.stringify({ token: 't', user: { id: 1 } })])(
    'starts signed out when what is kept is %s',
    (kept) => {
      localStorage.setItem(SESSION_KEY, kept);
      expect(load().user()).toBeNull();
    },
  );

  it('lives without storage', async () => {
    for (const method of ['getItem', 'setItem'] as const) {
      jest.spyOn(Storage.prototype, method).mockImplementation(() => {
        throw new Error('blocked');
      });
    }
    expect((await signIn()).isSignedIn()).toBe(true);
  });
});
