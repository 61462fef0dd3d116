import { PRESENCE_GRACE_MS } from '@elite-chat/contracts';

import { ConnectedPeople } from './connected-people';
import { type PresenceChange } from './presence-directory';

describe('ConnectedPeople', () => {
  const cora = { id: 'cora', role: 'user' as const };
  const ada = { id: 'ada', role: 'admin' as const };
  let people: ConnectedPeople;
  let changes: PresenceChange[];

  beforeEach(() => {
    jest.useFakeTimers();
    people = new ConnectedPeople();
    changes = [];
    people.changes.subscribe((change) => changes.push(change));
  });
  afterEach(() => {
    people.onModuleDestroy();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('takes the best of all connections of a person', () => {
    people.enter(cora, 'desk');
    people.enter(cora, 'phone');
    people.setIdle('cora', 'desk', true);
    expect(people.presenceOf('cora')).toBe('online');
    people.setIdle('cora', 'phone', true);
    expect(people.presenceOf('cora')).toBe('idle');
    people.setIdle('cora', 'desk', false);
    people.leave('cora', 'phone');
    expect(people.presenceOf('cora')).toBe('online');
    expect(changes).toEqual([cora, cora, cora].map(({ id, role }) => ({ userId: id, role })));
  });

  it('calls nobody gone who loads a page again', () => {
    people.enter(cora, 'before');
    people.leave('cora', 'before');
    jest.advanceTimersByTime(PRESENCE_GRACE_MS - 1);
    people.enter(cora, 'after');
    jest.advanceTimersByTime(2 * PRESENCE_GRACE_MS);
    expect(people.presenceOf('cora')).toBe('online');
    expect(changes).toHaveLength(1);
    people.leave('cora', 'after');
    jest.advanceTimersByTime(PRESENCE_GRACE_MS);
    expect(people.presenceOf('cora')).toBe('gone');
    expect(changes).toHaveLength(2);
  });

  it('counts customers by their connections, each once and at once', () => {
    const counted: number[] = [];
    people.counts.subscribe(() => counted.push(people.countCustomers()));
    people.enter(ada, 'one');
    people.enter(cora, 'desk');
    people.enter(cora, 'phone');
    people.leave('cora', 'desk');
    people.leave('cora', 'phone');
    people.leave('cora', 'phone');
    expect(counted).toEqual([1, 0]);
  });

  it('has support online while an admin is at the screen', () => {
    people.enter(cora, 'desk');
    expect(people.isSupportOnline()).toBe(false);
    people.enter(ada, 'one');
    people.enter(ada, 'two');
    expect(people.isSupportOnline()).toBe(true);
    people.setIdle('ada', 'one', true);
    people.leave('ada', 'two');
    expect(people.isSupportOnline()).toBe(false);
    people.setIdle('ada', 'one', false);
    expect(people.isSupportOnline()).toBe(true);
    people.leave('ada', 'one');
    jest.advanceTimersByTime(PRESENCE_GRACE_MS);
    expect(people.isSupportOnline()).toBe(false);
  });

  it('hears nothing of a connection that has ended', () => {
    people.enter(cora, 'desk');
    people.setIdle('cora', 'another', true);
    people.setIdle('nobody', 'desk', true);
    expect([people.presenceOf('cora'), people.presenceOf('nobody')]).toEqual(['online', 'gone']);
  });
});
