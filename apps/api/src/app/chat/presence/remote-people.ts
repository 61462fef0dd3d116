import { type Presence } from '@elite-chat/contracts';

import { type PresenceChange } from './presence-directory';
import { type PresenceNotice, type PresentPerson } from './presence-notice';

/** A node of which nothing was heard for so long is gone, in milliseconds. */
export const NODE_EXPIRY_MS = 40_000;

/** So many nodes are listened to at once at most. */
const NODES_MAX = 256;

interface RemoteNode {
  heardAt: number;
  people: Map<string, PresentPerson>;
}

/** Who is at the other nodes, as they have told. */
export class RemotePeople {
  private readonly nodes = new Map<string, RemoteNode>();

  /** The states of a person at each node that knows them. */
  statesOf(userId: string): Presence[] {
    return [...this.nodes.values()].flatMap(({ people }) => people.get(userId)?.[2] ?? []);
  }

  /** Everybody, at each node. */
  *all(): Iterable<PresentPerson> {
    for (const { people } of this.nodes.values()) yield* people.values();
  }

  /** Takes what a node tells; gives those who may have changed by it. */
  receive({ node, kind, people }: PresenceNotice, now: number): PresenceChange[] {
    const before = this.nodes.get(node)?.people ?? new Map<string, PresentPerson>();
    if (!this.nodes.has(node) && this.nodes.size >= NODES_MAX) return [];
    const after = kind === 'some' ? new Map(before) : new Map<string, PresentPerson>();
    for (const person of people) {
      if (person[2] === 'gone') after.delete(person[0]);
      else after.set(person[0], person);
    }
    this.nodes.set(node, { heardAt: now, people: after });
    return differences(before, after);
  }

  /** Forgets nodes that were not heard of; gives those who may have gone with them. */
  forgetSilent(now: number): PresenceChange[] {
    const silent = [...this.nodes].filter(([, { heardAt }]) => now - heardAt > NODE_EXPIRY_MS);
    return silent.flatMap(([node]) => this.forget(node));
  }

  /** Forgets a node; gives those who may have gone with it. */
  forget(node: string): PresenceChange[] {
    const people = this.nodes.get(node)?.people ?? new Map<string, PresentPerson>();
    this.nodes.delete(node);
    return differences(people, new Map());
  }

  /** Nobody could be heard until now: silence says nothing. */
  excuseSilence(now: number): void {
    for (const node of this.nodes.values()) node.heardAt = now;
  }
}

function differences(
  before: ReadonlyMap<string, PresentPerson>,
  after: ReadonlyMap<string, PresentPerson>,
): PresenceChange[] {
  const known = new Map([...before, ...after]);
  return [...known.values()]
    .filter(([userId]) => before.get(userId)?.[2] !== after.get(userId)?.[2])
    .map(([userId, role]) => ({ userId, role }));
}
