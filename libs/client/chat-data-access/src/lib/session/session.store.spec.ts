import { TestBed } from '@angular/core/testing';
import { aUser, anAdmin } from '@elite-chat/testing';

import { anError, FakeChatServer } from '../../../test/fake-chat-server';
import { endClient, prepareClient, settle, startClient } from '../../../test/start-client';
import { ChatApi } from '../api/chat-api';
import { SESSION_KEY } from './session-storage';
import { SessionStore } from './session.store';

const CREDENTIALS = { email: 'cora@example.com', password: 'customer-demo-1' };

describe('SessionStore', () => {
  afterEach(endClient);

  it('keeps who has signed in across a reload', async () => {
    await startClient();
    TestBed.resetTestingModule();
    const { session } = prepareClient();

    expect(session.user()).toEqual(aUser());
    expect(session.isSignedIn()).toBe(true);
  });

  it('signs requests with the token', async () => {
    await startClient();
    await expect(TestBed.inject(ChatApi).me()).resolves.toEqual(aUser());
  });

  it('rejects with the error of the server', async () => {
    const { session, server } = prepareClient();
    server.interfere = () => anError('invalid_credentials');

    await expect(session.signIn(CREDENTIALS)).rejects.toMatchObject({
      name: 'ChatRequestError',
      code: 'invalid_credentials',
    });
    expect(session.isSignedIn()).toBe(false);
  });

  it('rejects with network when the server is not reached', async () => {
    const { session, server } = prepareClient();
    server.interfere = () => 'lost answer';
    await expect(session.signIn(CREDENTIALS)).rejects.toMatchObject({ code: 'network' });
  });

  it('ends when the server refuses the token, and still knows whose it was', async () => {
    const { session, server } = await startClient();
    server.token = 'token-2';

    await expect(TestBed.inject(ChatApi).me()).rejects.toMatchObject({ code: 'unauthorized' });

    expect(session.hasEnded()).toBe(true);
    expect(session.isSignedIn()).toBe(false);
    expect(session.user()).toEqual(aUser());
  });

  it('does not end for a refusal of an earlier token', async () => {
    const { session } = await startClient();
    session.end('token-0');
    expect(session.hasEnded()).toBe(false);
  });

  it('ends when its token expires, however wrong the clock of this machine', async () => {
    const server = new FakeChatServer();
    const issued = Date.now() / 1000 - 86_400 * 365;
    server.token = `x.${btoa(JSON.stringify({ iat: issued, exp: issued + 60 }))}.x`;
    const { session } = await startClient(server);

    await settle(59_000);
    expect(session.hasEnded()).toBe(false);
    await settle(1_000);
    expect(session.hasEnded()).toBe(true);
  });

  it('waits for an expiry beyond the longest timer', async () => {
    const server = new FakeChatServer();
    server.token = `x.${btoa(JSON.stringify({ iat: 0, exp: 40 * 86_400 }))}.x`;
    const { session } = await startClient(server);

    await settle(39 * 86_400_000);
    expect(session.hasEnded()).toBe(false);
    await settle(86_400_000);
    expect(session.hasEnded()).toBe(true);
  });

  it('follows the other tabs of the browser', async () => {
    const { session } = await startClient();
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
      expect(prepareClient().session.user()).toBeNull();
    },
  );

  it('lives without storage', async () => {
    jest.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new Error('blocked');
    });
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('blocked');
    });
    const { session } = await startClient();
    expect(TestBed.inject(SessionStore)).toBe(session);
    expect(session.isSignedIn()).toBe(true);
  });
});
