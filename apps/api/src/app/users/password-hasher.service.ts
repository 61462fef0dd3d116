import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash, type Options, verify } from '@node-rs/argon2';

import { BoundedConcurrency } from './bounded-concurrency';

/** Argon2id with what OWASP advises: 19 MiB, two passes, one thread. The library's default is the id variant. */
const ARGON2ID: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** At most two at once, and never all of Node's four worker threads: names and files need some too. */
const RUNNING_MAX = Math.min(2, availableParallelism());
const WAITING_MAX = 512;

/** Makes and checks password hashes, a few at a time: many sign-ins at once take turns instead of all memory. */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  private readonly turns = new BoundedConcurrency(RUNNING_MAX, WAITING_MAX);
  /** Of a password that was thrown away. */
  private nobodysHash = '';

  async onModuleInit(): Promise<void> {
    this.nobodysHash = await this.hash(randomBytes(32).toString('base64url'));
  }

  /**
   * The hash to store for a password, in PHC format.
   * @throws ApiError `busy` when too many are waiting
   */
  hash(password: string): Promise<string> {
    return this.turns.run(() => hash(canonical(password), ARGON2ID));
  }

  /**
   * Whether the password is the one that was hashed. Without a hash it takes the same time and is
   * never right, so that nobody can tell which emails have an account.
   * @throws ApiError `busy` when too many are waiting
   */
  verify(password: string, passwordHash: string | undefined): Promise<boolean> {
    return this.turns.run(() => verify(passwordHash ?? this.nobodysHash, canonical(password)));
  }
}

/** The same password typed on another keyboard may be made of other code points. */
function canonical(password: string): string {
  return password.normalize('NFKC');
}
