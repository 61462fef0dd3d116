import { coalesce } from './coalesce';

describe('coalesce', () => {
  it('runs once at a time, and once more for all that was asked meanwhile', async () => {
    let runs = 0;
    let most = 0;
    let present = 0;
    const run = coalesce(async () => {
      runs++;
      most = Math.max(most, ++present);
      await Promise.resolve();
      present--;
    });
    await Promise.all([run(), run(), run()]);
    expect([runs, most]).toEqual([2, 1]);
    await run();
    expect(runs).toBe(3);
  });
});
