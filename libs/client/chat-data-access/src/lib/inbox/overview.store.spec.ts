import { TestBed } from '@angular/core/testing';
import { apiPaths } from '@elite-chat/contracts';
import { aChat, aMessage, anAdmin, aUser } from '@elite-chat/testing';

import { anError } from '../../../test/fake-chat-server';
import { endClient, settle, startClient } from '../../../test/start-client';
import { OverviewStore } from './overview.store';

const OVERVIEW = `GET ${apiPaths.adminOverview}`;

describe('OverviewStore', () => {
  afterEach(endClient);

  async function start() {
    const client = await startClient(undefined, anAdmin());
    const overview = TestBed.inject(OverviewStore);
    client.server.overview = {
      waiting: 1,
      unread: 2,
      open: 3,
      unassigned: 2,
      mine: 1,
      customersOnline: 4,
      messagesToday: 5,
    };
    await overview.start();
    return { ...client, overview };
  }

  it('asks for the messages of the reader’s day', async () => {
    const { server, overview } = await start();
    expect(overview.figures()).toEqual(server.overview);
    const asked = server.received.find(({ name }) => name === OVERVIEW)?.payload['since'];
    const since = new Date(String(asked));
    expect([since.getHours(), since.getMinutes(), since.getDate()]).toEqual([0, 0, new Date().getDate()]);
  });

  it('follows the figures, and counts messages as they come', async () => {
    const { server, overview } = await start();
    const shared = { waiting: 0, unread: 1, open: 3, unassigned: 1, customersOnline: 2 };
    server.socket.hear('overview_updated', shared);
    server.socket.hear('own_overview_updated', { mine: 2 });
    server.socket.hear('new_chat_message', { chat: aChat(), message: aMessage() });
    expect(overview.figures()).toEqual({ ...shared, mine: 2, messagesToday: 6 });
  });

  it('counts a message once, however often it is told of', async () => {
    const { server, overview } = await start();
    for (const seq of [1, 2, 1, 2])
      server.socket.hear('new_chat_message', { chat: aChat(), message: aMessage({ seq }) });
    expect(overview.figures()?.messagesToday).toBe(7);
  });

  it('asks again after a reconnection and when the day ends', async () => {
    const { server, socket } = await start();
    const midnight = new Date(new Date().setHours(24, 0, 0, 0));
    jest.setSystemTime(midnight.getTime() - 5_000);
    server.socket.close();
    socket.retryNow();
    await settle();
    expect(server.count(OVERVIEW)).toBe(2);
    await settle(5_001);
    expect(server.received.at(-1)).toEqual({
      name: OVERVIEW,
      payload: { since: midnight.toISOString() },
    });
  });

  it('says why the figures could not be had, and keeps those that are shown', async () => {
    const { server, overview } = await start();
    server.interfere = (name) => (name === OVERVIEW ? anError('unavailable') : undefined);
    await overview.start();
    expect([overview.status(), overview.error()?.code]).toEqual(['ready', 'unavailable']);
    overview.stop();
    await overview.start();
    expect([overview.status(), overview.figures()]).toEqual(['failed', null]);
  });

  it('forgets them when somebody else signs in', async () => {
    const { server, session, overview } = await start();
    server.user = aUser();
    await session.signIn({ email: 'customer@example.com', password: 'customer-demo-1' });
    await settle();
    expect(overview.figures()).toBeNull();
  });
});
