import { TestBed } from '@angular/core/testing';
import { PAGE_LIMIT_MAX, type TeamMemberDto } from '@elite-chat/contracts';
import { ChatRequestError } from '@elite-chat/session';
import { aMember, anAdmin, aUser } from '@elite-chat/testing';

import { endClient, settle, startClient } from '../../../test/start-client';
import { TeamApi } from './team-api';
import { TeamStore } from './team.store';

describe('TeamStore', () => {
  afterEach(endClient);

  const member = (id: string, overrides: Partial<TeamMemberDto> = {}) =>
    aMember({ id, name: id, ...overrides });

  async function start(stored: TeamMemberDto[] = [member('a'), member('c')]) {
    const client = await startClient(undefined, anAdmin());
    const api = TestBed.inject(TeamApi);
    const database = { members: stored };
    const ask = jest
      .spyOn(api, 'team')
      .mockImplementation(async ({ cursor = '', limit = PAGE_LIMIT_MAX } = {}) => {
        const after = database.members.filter(({ id }) => id > cursor);
        const members = after.slice(0, limit);
        return { members, nextCursor: after.length > limit ? (members.at(-1)?.id ?? null) : null };
      });
    const store = TestBed.inject(TeamStore);
    await store.start();
    const ids = () => store.members().map(({ id }) => id);
    return { ...client, api, database, ask, store, ids };
  }

  it('follows who is made, disabled, there and gone', async () => {
    const { server, store, ids } = await start();
    server.socket.hear('team_updated', member('b'));
    server.socket.hear('team_updated', member('c', { isDisabled: true }));
    server.socket.hear('team_presence', { members: [{ adminId: 'a', presence: 'idle' }] });
    expect(ids()).toEqual(['a', 'b', 'c']);
    expect(store.members()).toMatchObject([{ presence: 'idle' }, {}, { isDisabled: true }]);
  });

  it('drops who is an admin no longer by the host application’s word', async () => {
    const { server, ids } = await start();
    server.socket.hear('team_updated', member('a', { role: 'user' }));
    server.socket.hear('team_updated', member('x', { role: 'user' }));
    expect(ids()).toEqual(['c']);
  });

  it('never falls back to an answer that is older than what was heard meanwhile', async () => {
    const { server, api, database, store } = await start();
    let answerLate = (): void => undefined;
    jest.spyOn(api, 'team').mockImplementationOnce(async () => {
      const members = [...database.members];
      await new Promise<void>((resolve) => (answerLate = resolve));
      return { members, nextCursor: null };
    });
    void store.start();
    await settle();
    database.members = [member('a', { isDisabled: true }), member('c')];
    server.socket.hear('team_updated', member('a', { isDisabled: true }));
    answerLate();
    await settle();
    expect(store.members()[0]).toMatchObject({ id: 'a', isDisabled: true });
  });

  it('loads everything anew at each connection, and within half a minute', async () => {
    const { server, socket, database, ids } = await start();
    server.socket.close();
    database.members = [member('a'), member('b')];
    socket.retryNow();
    await settle();
    expect(ids()).toEqual(['a', 'b']);
    database.members = [member('b')];
    await settle(30_000);
    expect(ids()).toEqual(['b']);
  });

  it('loads a large team in portions, and leaves to the next one who belongs there', async () => {
    const many = Array.from({ length: PAGE_LIMIT_MAX + 5 }, (_, index) =>
      member(`m${String(index).padStart(3, '0')}`),
    );
    const { server, store, ids } = await start(many);
    expect([ids().length, store.hasMore()]).toEqual([PAGE_LIMIT_MAX, true]);
    server.socket.hear('team_updated', member('z'));
    expect(ids()).toHaveLength(PAGE_LIMIT_MAX);
    await store.loadMore();
    expect([ids().length, store.hasMore()]).toEqual([many.length, false]);
  });

  it('shows what its acts came to, and rejects with what was refused', async () => {
    const { api, store, ids } = await start();
    jest.spyOn(api, 'create').mockResolvedValue(member('d'));
    jest.spyOn(api, 'disable').mockResolvedValue(member('c', { isDisabled: true }));
    await store.create({ name: 'd', email: 'd@example.com', password: 'correct-horse' });
    await store.disable('c');
    expect(ids()).toEqual(['a', 'c', 'd']);
    expect(store.members()[1]?.isDisabled).toBe(true);
    jest.spyOn(api, 'enable').mockRejectedValue(new ChatRequestError('not_found', 'x'));
    await expect(store.enable('c')).rejects.toMatchObject({ code: 'not_found' });
    expect(store.members()[1]?.isDisabled).toBe(true);
  });

  it('says why the team could not be had, keeps what is shown, and tries again', async () => {
    const { ask, store, ids } = await start();
    const refuse = () => ask.mockRejectedValueOnce(new ChatRequestError('unavailable', 'x'));
    refuse();
    await store.start();
    expect([store.status(), store.error()?.code, ids().length]).toEqual(['ready', 'unavailable', 2]);
    await settle(1_000);
    expect(store.error()).toBeNull();
    store.stop();
    refuse();
    await store.start();
    expect([store.status(), ids().length]).toEqual(['failed', 0]);
    await settle(1_000);
    expect([store.status(), ids().length]).toEqual(['ready', 2]);
  });

  it('forgets all when somebody else signs in', async () => {
    const { server, session, ids } = await start();
    server.user = aUser();
    await session.signIn({ email: 'customer@example.com', password: 'customer-demo-1' });
    await settle();
    expect(ids()).toEqual([]);
  });
});
