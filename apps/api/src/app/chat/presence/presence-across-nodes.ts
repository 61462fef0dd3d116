import { randomUUID } from 'node:crypto';

import { type Presence, PRESENCE_GRACE_MS, PRESENCE_STATES } from '@elite-chat/contracts';
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import { Subject, Subscription } from 'rxjs';

import { RedisConnection } from '../../redis/redis-connection';
import { ConnectedPeople } from './connected-people';
import { type PresenceChange, PresenceDirectory } from './presence-directory';
import { type PresenceNotice, type PresentPerson, readPresenceNotice } from './presence-notice';
import { RemotePeople } from './remote-people';

const CHANNEL = 'elite-chat:presence';

/** Each node tells of all its people so often, in milliseconds: a notice may be lost. */
const TELL_ALL_MS = 10_000;

/**
 * Who is there, over all nodes: each tells the others through Redis, and holds what they told in memory. While
 * Redis is away, what was told last stands. Where there is one node, it is what that one knows.
 */
@Injectable()
export class PresenceAcrossNodes
  extends PresenceDirectory
  implements OnModuleInit, BeforeApplicationShutdown
{
  readonly changes = new Subject<PresenceChange>();
  readonly counts = new Subject<void>();
  private readonly node = randomUUID();
  private readonly remote = new RemotePeople();
  private readonly following = new Subscription();
  private readonly leaving = new Set<NodeJS.Timeout>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly here: ConnectedPeople,
    private readonly redis: RedisConnection,
  ) {
    super();
  }

  onModuleInit(): void {
    this.following.add(this.here.counts.subscribe(this.counts));
    this.following.add(this.here.changes.subscribe((change) => this.onChangeHere(change)));
    const { subscriptions } = this.redis;
    if (!subscriptions) return;
    subscriptions.on('message', this.onMessage);
    subscriptions.subscribe(CHANNEL);
    this.following.add(this.redis.ready$.subscribe(() => this.begin()));
    if (this.redis.isReady) this.begin();
    this.timer = setInterval(() => this.keepUp(), TELL_ALL_MS);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    this.following.unsubscribe();
    clearInterval(this.timer);
    for (const timer of this.leaving) clearTimeout(timer);
    this.redis.subscriptions?.off('message', this.onMessage);
    this.tell('leaving', []);
  }

  presenceOf(userId: string): Presence {
    const states = [this.here.presenceOf(userId), ...this.remote.statesOf(userId)];
    return PRESENCE_STATES.find((state) => states.includes(state)) ?? 'gone';
  }

  countCustomers(): number {
    let count = this.here.countCustomers();
    const counted = new Set<string>();
    for (const [userId, role] of this.remote.all()) {
      if (role !== 'user' || counted.has(userId) || this.here.isConnected(userId)) continue;
      counted.add(userId);
      count++;
    }
    return count;
  }

  isSupportOnline(): boolean {
    if (this.here.isSupportOnline()) return true;
    for (const [, role, presence] of this.remote.all()) {
      if (role === 'admin' && presence === 'online') return true;
    }
    return false;
  }

  private readonly onMessage = (channel: string, text: string): void => {
    const notice = channel === CHANNEL ? readPresenceNotice(text) : null;
    if (notice && notice.node !== this.node) this.receive(notice);
  };

  private receive(notice: PresenceNotice): void {
    if (notice.kind === 'leaving') {
      // Its people come back at another node: as long as that takes, they are not gone.
      const timer = setTimeout(() => {
        this.leaving.delete(timer);
        this.announce(this.remote.forget(notice.node));
      }, PRESENCE_GRACE_MS);
      timer.unref();
      this.leaving.add(timer);
      return;
    }
    this.announce(this.remote.receive(notice, performance.now()));
    if (notice.kind === 'new') this.tellAll();
  }

  private onChangeHere(change: PresenceChange): void {
    this.changes.next(change);
    this.tell('some', [[change.userId, change.role, this.here.presenceOf(change.userId)]]);
  }

  /** Redis is there, for the first time or again. */
  private begin(): void {
    this.remote.excuseSilence(performance.now());
    this.tell('new', this.here.everybody());
  }

  private keepUp(): void {
    const now = performance.now();
    if (!this.redis.isReady) {
      this.remote.excuseSilence(now);
      return;
    }
    this.tellAll();
    this.announce(this.remote.forgetSilent(now));
  }

  private tellAll(): void {
    this.tell('all', this.here.everybody());
  }

  private tell(kind: PresenceNotice['kind'], people: readonly PresentPerson[]): void {
    const notice: PresenceNotice = { node: this.node, kind, people };
    // What is lost now is told again within seconds, or when Redis is back.
    this.redis.commands?.publish(CHANNEL, JSON.stringify(notice)).catch(() => undefined);
  }

  private announce(changes: readonly PresenceChange[]): void {
    for (const change of changes) this.changes.next(change);
    if (changes.some(({ role }) => role === 'user')) this.counts.next();
  }
}
