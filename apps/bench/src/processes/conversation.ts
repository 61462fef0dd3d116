import { type ChildProcess } from 'node:child_process';

interface Question<Q> {
  id: number;
  ask: Q;
}

interface Answer<A> {
  id: number;
  answer?: A;
  error?: string;
}

/** Questions to a child process, each with one answer. */
export class Conversation<Q> {
  private readonly waiting = new Map<number, PromiseWithResolvers<unknown>>();
  private lastId = 0;

  constructor(private readonly child: ChildProcess) {
    child.on('message', (text) => this.hear(String(text)));
    child.once('exit', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('The process has ended.'));
      this.waiting.clear();
    });
  }

  /** @throws Error with what the child says went wrong */
  async ask<A>(ask: Q): Promise<A> {
    const id = ++this.lastId;
    const { promise, resolve, reject } = Promise.withResolvers<A>();
    this.waiting.set(id, { promise, resolve: (answer) => resolve(answer as A), reject });
    this.child.send(JSON.stringify({ id, ask } satisfies Question<Q>));
    return promise;
  }

  private hear(text: string): void {
    const { id, answer, error }: Answer<unknown> = JSON.parse(text);
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  }
}

/** The child's side: answers every question of the parent, and ends when the parent is gone. */
export function answerParent<Q>(handle: (question: Q) => unknown): void {
  process.on('message', (text) => {
    const { id, ask }: Question<Q> = JSON.parse(String(text));
    Promise.try(handle, ask).then(
      (answer) => process.send?.(JSON.stringify({ id, answer } satisfies Answer<unknown>)),
      (error: unknown) => {
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        process.send?.(JSON.stringify({ id, error: reason } satisfies Answer<unknown>));
      },
    );
  });
  // As a process manager would: whoever listens for it ends in order, all others at once.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
