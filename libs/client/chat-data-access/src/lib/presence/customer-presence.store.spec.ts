import { TestBed } from '@angular/core/testing';
import { PRESENCE_IDS_MAX, type CustomerPresenceDto } from '@elite-chat/contracts';
import { anAdmin, aUser } from '@elite-chat/testing';

import { anError } from '../../../test/fake-chat-server';
import { endClient, settle, startClient } from '../../../test/start-client';
import { ChatApi } from '../api/chat-api';
import { CustomerPresenceStore } from './customer-presence.store';

describe('CustomerPresenceStore', () => {
  afterEach(endClient);

  async function start() {
    const client = await startClient(undefined, anAdmin());
    const states = new Map<string, CustomerPresenceDto['presence']>();
    const ask = jest.spyOn(TestBed.inject(ChatApi), 'adminPresence').mockImplementation(async (ids) => ({
      customers: ids.map((userId) => ({ userId, presence: states.get(userId) ?? 'gone' })),
    }));
    const store = TestBed.inject(CustomerPresenceStore);
    const known = () => Object.fromEntries(store.presence());
    const tell = (...customers: CustomerPresenceDto[]) =>
      client.server.socket.hear('customer_presence', { customers });
    return { ...client, store, states, ask, known, tell };
  }

  it('asks for those who are looked at, and follows them only', async () => {
    const { store, states, known, tell } = await start();
    states.set('cora', 'online');
    store.watch('list', ['cora', 'ben']);
    await settle();
    expect(known()).toEqual({ cora: 'online', ben: 'gone' });
    tell({ userId: 'ben', presence: 'idle' }, { userId: 'dee', presence: 'online' });
    expect(known()).toEqual({ cora: 'online', ben: 'idle' });
  });

  it('keeps whom another part of the page looks at', async () => {
    const { store, known, ask } = await start();
    store.watch('thread', ['cora']);
    store.watch('list', ['cora', 'ben']);
    await settle();
    ask.mockClear();
    store.watch('list', []);
    await settle();
    expect(known()).toEqual({ cora: 'gone' });
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks anew at each connection, and within half a minute', async () => {
    const { server, socket, store, states, known } = await start();
    store.watch('list', ['cora']);
    await settle();
    server.socket.close();
    states.set('cora', 'online');
    socket.retryNow();
    await settle();
    expect(known()).toEqual({ cora: 'online' });
    states.set('cora', 'idle');
    await settle(30_000);
    expect(known()).toEqual({ cora: 'idle' });
  });

  it('tries again what has failed for now', async () => {
    const { server, store, ask, known } = await start();
    ask.mockRestore();
    server.interfere = () => anError('unavailable');
    store.watch('list', ['cora']);
    await settle();
    server.interfere = () => undefined;
    jest
      .spyOn(TestBed.inject(ChatApi), 'adminPresence')
      .mockResolvedValue({ customers: [{ userId: 'cora', presence: 'online' }] });
    await settle(1_000);
    expect(known()).toEqual({ cora: 'online' });
  });

  it('asks for a bounded number', async () => {
    const { store, ask } = await start();
    store.watch(
      'list',
      Array.from({ length: 2 * PRESENCE_IDS_MAX }, (_, index) => `customer ${index}`),
    );
    await settle();
    expect(ask.mock.calls[0]?.[0]).toHaveLength(PRESENCE_IDS_MAX);
  });

  it('forgets all when somebody else signs in', async () => {
    const { server, session, store, known } = await start();
    store.watch('list', ['cora']);
    await settle();
    server.user = aUser();
    await session.signIn({ email: 'customer@example.com', password: 'customer-demo-1' });
    await settle();
    expect(known()).toEqual({});
  });
});
