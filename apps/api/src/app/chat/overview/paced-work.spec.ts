import { PacedWork } from './paced-work';

describe('paced work', () => {
  let runs: number;
  let finish: (() => void) | null;
  let paced: PacedWork;

  beforeEach(() => {
    jest.useFakeTimers();
    runs = 0;
    finish = null;
    paced = new PacedWork(() => Promise.resolve(void runs++), 1_000);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  const slow = () =>
    new PacedWork(
      () =>
        new Promise((resolve) => {
          runs++;
          finish = resolve;
        }),
      1_000,
    );

  it('runs at once when first asked', async () => {
    paced.request();
    await jest.advanceTimersByTimeAsync(0);
    expect(runs).toBe(1);
  });

  it('runs once in an interval, however often it is asked, and not for nothing', async () => {
    for (let time = 0; time < 2_900; time += 10) {
      paced.request();
      await jest.advanceTimersByTimeAsync(10);
    }
    expect(runs).toBe(3);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(runs).toBe(4);
  });

  it('runs again for what is asked while it runs, and never two at a time', async () => {
    paced = slow();
    paced.request();
    await jest.advanceTimersByTimeAsync(0);
    paced.request();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(runs).toBe(1);
    finish?.();
    await jest.advanceTimersByTimeAsync(0);
    expect(runs).toBe(2);
  });

  it('is flushed at once, for everyone who waits', async () => {
    paced = slow();
    paced.request();
    const done: number[] = [];
    const flushed = [1, 2].map((index) => paced.flush().then(() => done.push(index)));
    await jest.advanceTimersByTimeAsync(0);
    paced.request();
    const third = paced.flush().then(() => done.push(3));
    const fourth = paced.flush().then(() => done.push(4));
    finish?.();
    await Promise.all(flushed);
    expect([runs, done]).toEqual([2, [1, 2]]);
    finish?.();
    await Promise.all([third, fourth]);
    expect(done).toEqual([1, 2, 3, 4]);
  });

  it('does nothing once it is stopped', async () => {
    paced.request();
    await paced.stop();
    paced.request();
    await paced.flush();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(runs).toBe(0);
  });
});
