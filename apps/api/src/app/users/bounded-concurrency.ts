import { ApiError } from '../errors/api-error';

/** Runs at most so many tasks at once, lets at most so many others wait in order, refuses the rest. */
export class BoundedConcurrency {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly runningMax: number,
    private readonly waitingMax: number,
  ) {}

  /** @throws ApiError `busy` when too many are waiting already */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running < this.runningMax) this.running += 1;
    else await this.turn();
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      // The place is handed on, so nobody can take it in between.
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.waitingMax) {
      throw new ApiError('busy', 'Too many people are signing in at this moment; try again shortly.', {
        retryAfter: 5,
      });
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
