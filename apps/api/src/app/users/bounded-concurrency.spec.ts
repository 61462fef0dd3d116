import { BoundedConcurrency } from './bounded-concurrency';

describe('BoundedConcurrency', () => {
  it('runs no more at once than allowed, and all of them in order', async () => {
    const turns = new BoundedConcurrency(2, 100);
    const started: number[] = [];
    let running = 0;
    let most = 0;

    const startMany = () =>
      Array.from({ length: 25 }, (_, index) =>
        turns.run(async () => {
          started.push(index);
          running += 1;
          most = Math.max(most, running);
          await new Promise(setImmediate);
          running -= 1;
        }),
      );
    await Promise.all(startMany());
    await Promise.all(startMany());

    expect(most).toBe(2);
    const inOrder = Array.from({ length: 25 }, (_, index) => index);
    expect(started).toEqual([...inOrder, ...inOrder]);
  });

  it('refuses with busy what is more than may wait, and goes on with the others', async () => {
    const turns = new BoundedConcurrency(1, 1);
    let finish = (): void => undefined;
    const running = turns.run(() => new Promise<void>((resolve) => (finish = resolve)));
    const waiting = turns.run(() => Promise.resolve('had its turn'));

    await expect(turns.run(() => Promise.resolve())).rejects.toMatchObject({ code: 'busy', retryAfter: 5 });
    finish();
    await running;
    await expect(waiting).resolves.toBe('had its turn');
  });

  it('frees the place of a task that fails', async () => {
    const turns = new BoundedConcurrency(1, 0);

    await expect(turns.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await expect(turns.run(() => Promise.resolve('runs'))).resolves.toBe('runs');
  });
});
