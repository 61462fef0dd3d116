import { TestBed } from '@angular/core/testing';
import { ChatRequestError } from '@elite-chat/session';
import { anAdmin, anAuditEntry, aUser } from '@elite-chat/testing';

import { endClient, settle, startClient } from '../../../test/start-client';
import { AuditStore } from './audit.store';
import { TeamApi } from './team-api';

describe('AuditStore', () => {
  afterEach(endClient);

  async function start(count: number) {
    const client = await startClient(undefined, anAdmin());
    const database = { head: count };
    const ask = jest
      .spyOn(TestBed.inject(TeamApi), 'audit')
      .mockImplementation(async ({ before = Infinity, limit = 50 } = {}) => {
        const from = Math.min(before - 1, database.head);
        const length = Math.max(0, Math.min(limit, from));
        const entries = Array.from({ length }, (_, index) => anAuditEntry({ seq: from - index }));
        return { entries, hasMore: from - length > 0 };
      });
    const store = TestBed.inject(AuditStore);
    await store.start();
    const numbers = () => store.entries().map(({ seq }) => seq);
    const record = (isHeard = true) => {
      const entry = anAuditEntry({ seq: ++database.head });
      if (isHeard) client.server.socket.hear('audit_recorded', entry);
    };
    return { ...client, database, ask, store, numbers, record };
  }
  const down = (from: number, to: number) =>
    Array.from({ length: from - to + 1 }, (_, index) => from - index);

  it('shows the newest first, and older ones down to the first as they are asked for', async () => {
    const { store, numbers } = await start(45);
    expect(numbers()).toEqual(down(45, 26));
    await store.loadMore();
    expect([numbers().length, store.hasMore()]).toEqual([40, true]);
    await store.loadMore();
    expect([numbers(), store.hasMore()]).toEqual([down(45, 1), false]);
  });

  it('takes what is heard, and asks for what was not', async () => {
    const { ask, numbers, record } = await start(3);
    record();
    expect(numbers()).toEqual([4, 3, 2, 1]);
    expect(ask).toHaveBeenCalledTimes(1);
    record(false);
    record();
    await settle();
    expect(numbers()).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('takes nothing twice', async () => {
    const { server, numbers } = await start(3);
    server.socket.hear('audit_recorded', anAuditEntry({ seq: 3 }));
    server.socket.hear('audit_recorded', anAuditEntry({ seq: 1 }));
    await settle();
    expect(numbers()).toEqual([3, 2, 1]);
  });

  it('has no gap after a long time without a connection', async () => {
    const { server, socket, database, numbers, store } = await start(10);
    server.socket.close();
    database.head = 60;
    socket.retryNow();
    await settle();
    expect(numbers()).toEqual(down(60, 41));
    await store.loadMore();
    expect(numbers()).toEqual(down(60, 21));
  });

  it('says why older entries could not be loaded, and loads them at the next try', async () => {
    const { ask, store, numbers } = await start(30);
    ask.mockRejectedValueOnce(new ChatRequestError('unavailable', 'x'));
    await store.loadMore();
    expect([store.moreError()?.code, numbers().length]).toEqual(['unavailable', 20]);
    await store.loadMore();
    expect([store.moreError(), numbers().length]).toEqual([null, 30]);
  });

  it('says why the log could not be had, and tries again', async () => {
    const { ask, store, numbers } = await start(3);
    store.stop();
    ask.mockRejectedValueOnce(new ChatRequestError('unavailable', 'x'));
    await store.start();
    expect([store.status(), numbers()]).toEqual(['failed', []]);
    await settle(1_000);
    expect([store.status(), numbers()]).toEqual(['ready', [3, 2, 1]]);
  });

  it('forgets all when somebody else signs in', async () => {
    const { server, session, numbers } = await start(3);
    server.user = aUser();
    await session.signIn({ email: 'customer@example.com', password: 'customer-demo-1' });
    await settle();
    expect(numbers()).toEqual([]);
  });
});
