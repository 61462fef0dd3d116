import { type UserRole } from '@elite-chat/contracts';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { LRUCache } from 'lru-cache';
import { isObjectIdOrHexString, type Model, Types } from 'mongoose';

import { User } from './schemas/user.schema';

/** What others may know of a person. */
export interface Person {
  id: string;
  name: string;
  email: string;
  role: UserRole;
  isDisabled: boolean;
}

const CACHED_PEOPLE_MAX = 10_000;
const CACHED_FOR_MS = 30_000;

/** Names for ids: everybody who appears in chats and messages, remembered for half a minute. */
@Injectable()
export class UserDirectory {
  private readonly cache = new LRUCache<string, Person>({ max: CACHED_PEOPLE_MAX, ttl: CACHED_FOR_MS });
  /** Grows with each {@link forget}: what was being read meanwhile may be outdated and isn't kept. */
  private forgets = 0;

  constructor(@InjectModel(User.name) private readonly users: Model<User>) {}

  /** The people with these ids; ids that nobody has are missing from the answer. */
  async people(ids: Iterable<string>): Promise<Map<string, Person>> {
    const people = new Map<string, Person>();
    const unknown = new Set<string>();
    for (const id of ids) {
      const person = this.cache.get(id);
      if (person) people.set(id, person);
      else if (isObjectIdOrHexString(id)) unknown.add(id);
    }
    if (unknown.size === 0) return people;

    const forgets = this.forgets;
    const found = await this.users
      .find({ _id: { $in: [...unknown].map((id) => new Types.ObjectId(id)) } })
      .select({ name: 1, email: 1, role: 1, isDisabled: 1 })
      .lean<Pick<User, '_id' | 'name' | 'email' | 'role' | 'isDisabled'>[]>();
    for (const { _id, name, email, role, isDisabled } of found) {
      const person = { id: _id.toHexString(), name, email, role, isDisabled };
      people.set(person.id, person);
      if (forgets === this.forgets) this.cache.set(person.id, person);
    }
    return people;
  }

  /** To be called when a person has changed. */
  forget(id: string): void {
    this.forgets += 1;
    this.cache.delete(id);
  }
}
