import { type Presence, PRESENCE_GRACE_MS, type UserRole } from '@elite-chat/contracts';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Subject } from 'rxjs';

import { type PresenceChange, PresenceDirectory } from './presence-directory';
import { type PresentPerson } from './presence-notice';

/** Somebody with a connection, or who had one a moment ago. */
interface Person {
  role: UserRole;
  /** By connection: whether the person is away from its screen. */
  connections: Map<string, boolean>;
  presence: Presence;
  /** Runs while there is no connection: a page that is loaded again is no leaving. */
  leaving: NodeJS.Timeout | null;
}

/** The people who are connected to this node. */
@Injectable()
export class ConnectedPeople extends PresenceDirectory implements OnModuleDestroy {
  readonly changes = new Subject<PresenceChange>();
  readonly counts = new Subject<void>();
  private readonly people = new Map<string, Person>();
  private customers = 0;
  private adminsOnline = 0;

  /** A connection has begun: its person is at the screen until it says otherwise. */
  enter({ id, role }: { id: string; role: UserRole }, connectionId: string): void {
    const person = this.people.get(id) ?? { role, connections: new Map(), presence: 'gone', leaving: null };
    this.people.set(id, person);
    if (person.leaving) clearTimeout(person.leaving);
    person.leaving = null;
    const isFirst = person.connections.size === 0;
    person.connections.set(connectionId, false);
    this.settle(id, person);
    if (isFirst) this.count(person, 1);
  }

  /** The person of a connection leaves its screen or is back; a connection that has ended says nothing. */
  setIdle(userId: string, connectionId: string, isIdle: boolean): void {
    const person = this.people.get(userId);
    if (!person?.connections.has(connectionId)) return;
    person.connections.set(connectionId, isIdle);
    this.settle(userId, person);
  }

  /** A connection has ended. */
  leave(userId: string, connectionId: string): void {
    const person = this.people.get(userId);
    if (!person?.connections.delete(connectionId)) return;
    if (person.connections.size > 0) {
      this.settle(userId, person);
      return;
    }
    person.leaving = setTimeout(() => this.forget(userId, person), PRESENCE_GRACE_MS);
    this.count(person, -1);
  }

  presenceOf(userId: string): Presence {
    return this.people.get(userId)?.presence ?? 'gone';
  }

  countCustomers(): number {
    return this.customers;
  }

  /** Whether this person has a connection at this moment. */
  isConnected(userId: string): boolean {
    return (this.people.get(userId)?.connections.size ?? 0) > 0;
  }

  /** Connections of everybody. */
  countConnections(): number {
    let count = 0;
    for (const { connections } of this.people.values()) count += connections.size;
    return count;
  }

  /** Everybody who is there. */
  everybody(): PresentPerson[] {
    return [...this.people].map(([userId, { role, presence }]) => [userId, role, presence]);
  }

  isSupportOnline(): boolean {
    return this.adminsOnline > 0;
  }

  onModuleDestroy(): void {
    for (const { leaving } of this.people.values()) if (leaving) clearTimeout(leaving);
  }

  private forget(userId: string, person: Person): void {
    this.people.delete(userId);
    this.settle(userId, person);
  }

  private count({ role }: Person, by: 1 | -1): void {
    if (role !== 'user') return;
    this.customers += by;
    this.counts.next();
  }

  private settle(userId: string, person: Person): void {
    const before = person.presence;
    const states = [...person.connections.values()];
    person.presence = states.length === 0 ? 'gone' : states.includes(false) ? 'online' : 'idle';
    if (person.presence === before) return;
    if (person.role === 'admin') {
      this.adminsOnline += Number(person.presence === 'online') - Number(before === 'online');
    }
    this.changes.next({ userId, role: person.role });
  }
}
