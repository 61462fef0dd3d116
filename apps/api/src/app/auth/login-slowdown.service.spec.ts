import { delayAfter, LoginSlowdown } from './login-slowdown.service';

/** Fails a few times too often, so that the next attempt has to wait. */
async function failThrice(slowdown: LoginSlowdown, account: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) await slowdown.beforeAttempt(account);
}

/** Whether an attempt has its turn without any time going by. */
async function isFree(attempt: Promise<void>): Promise<boolean> {
  let hasItsTurn = false;
  void attempt.then(() => (hasItsTurn = true));
  await jest.advanceTimersByTimeAsync(0);
  return hasItsTurn;
}

describe('LoginSlowdown', () => {
  let slowdown: LoginSlowdown;

  beforeEach(() => {
    jest.useFakeTimers();
    slowdown = new LoginSlowdown();
  });
  afterEach(() => {
    slowdown.onModuleDestroy();
    jest.useRealTimers();
  });

  it('lets people mistype for free, then waits longer after each failure, up to a bound', () => {
    const delays = Array.from({ length: 12 }, (_, failures) => delayAfter(failures));

    expect(delays.slice(0, 4)).toEqual([0, 0, 0, 250]);
    expect(delays.slice(3, 9)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000]);
    expect(new Set([delayAfter(9), delayAfter(1_000), delayAfter(1e9)])).toEqual(new Set([5_000]));
  });

  it('makes an attempt wait after failures on its account, and no other account', async () => {
    await failThrice(slowdown, 'cora@example.com');
    let hadItsTurn = false;
    const attempt = slowdown.beforeAttempt('cora@example.com').then(() => (hadItsTurn = true));

    await slowdown.beforeAttempt('ada@example.com');
    await jest.advanceTimersByTimeAsync(249);
    expect(hadItsTurn).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await attempt;
    expect(hadItsTurn).toBe(true);
  });

  it('counts attempts that are made at once', async () => {
    let turns = 0;
    const attempts = Array.from({ length: 5 }, async () => {
      await slowdown.beforeAttempt('cora@example.com');
      turns += 1;
    });

    await jest.advanceTimersByTimeAsync(249);
    expect(turns).toBe(3);
    await jest.advanceTimersByTimeAsync(1);
    expect(turns).toBe(4);
    await jest.advanceTimersByTimeAsync(250);
    expect(turns).toBe(5);
    await Promise.all(attempts);
  });

  it('forgets at a right password', async () => {
    await failThrice(slowdown, 'cora@example.com');
    slowdown.succeeded('cora@example.com');

    expect(await isFree(slowdown.beforeAttempt('cora@example.com'))).toBe(true);
  });

  it('forgets after a quarter of an hour', async () => {
    await failThrice(slowdown, 'cora@example.com');
    await jest.advanceTimersByTimeAsync(15 * 60_000 + 1);

    expect(await isFree(slowdown.beforeAttempt('cora@example.com'))).toBe(true);
  });

  it('lets no more wait than it can hold, and says when to try again', async () => {
    await failThrice(slowdown, 'cora@example.com');
    const attempts = Array.from({ length: 1_000 }, () => slowdown.beforeAttempt('cora@example.com'));

    await expect(slowdown.beforeAttempt('cora@example.com')).rejects.toMatchObject({
      code: 'busy',
      retryAfter: 5,
    });
    await jest.advanceTimersByTimeAsync(5_000);
    await Promise.all(attempts);
    const attempt = slowdown.beforeAttempt('cora@example.com');
    await jest.advanceTimersByTimeAsync(5_000);
    await attempt;
  });

  it('holds up no shutdown', async () => {
    await failThrice(slowdown, 'cora@example.com');
    const attempt = slowdown.beforeAttempt('cora@example.com');
    slowdown.onModuleDestroy();

    await expect(attempt).rejects.toMatchObject({ code: 'unavailable' });
  });
});
