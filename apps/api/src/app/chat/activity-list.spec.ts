import fc from 'fast-check';
import { Types } from 'mongoose';

import { activityKey, isActivityCursor, readByActivity } from './activity-list';
import { type Chat } from './schemas/chat.schema';

const DAY_MS = 86_400_000;

describe('isActivityCursor', () => {
  const id = '665f1f77bcf86cd799439013';

  it.each([
    [`2026-02-28T09:00:00.000Z#${id}`, true],
    [`9999-99-99T99:99:99.999Z#${id}`, false],
    [`2026-02-30T09:00:00.000Z#${id}`, false],
    [`2026-02-28T24:00:00.000Z#${id}`, false],
    [`2026-02-28T09:00:00.000Z#${id.toUpperCase()}`, false],
    ['', false],
  ])('%s: %s', (cursor, isCursor) => {
    expect(isActivityCursor(cursor)).toBe(isCursor);
  });
});

describe('a list by activity', () => {
  it('gives every chat once, newest first, whatever the gaps in time and the size of the page', async () => {
    const ages = fc.array(fc.integer({ min: -60_000, max: 2_000 * DAY_MS }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(ages, fc.integer({ min: 1, max: 7 }), async (agesMs, limit) => {
        const now = Date.now();
        const keys = agesMs
          .map((age) => activityKey(new Date(now - age), new Types.ObjectId().toHexString()))
          .sort()
          .reverse();
        const read = async (from: string, before: string, count: number) =>
          keys
            .filter((key) => key >= from && key < before)
            .slice(0, count)
            .map((activity) => ({ activity }) as Chat);
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await readByActivity(read, limit, cursor);
          seen.push(...page.chats.map(({ activity }) => activity));
          cursor = page.nextCursor ?? undefined;
        } while (cursor);
        expect(seen).toEqual(keys);
      }),
    );
  });

  it('asks for few windows, however far back the beginning is', async () => {
    const read = jest.fn().mockResolvedValue([]);
    await readByActivity(read, 50, undefined);
    expect(read.mock.calls.length).toBeLessThan(12);
  });

  it('asks for few windows also before a time that is far ahead', async () => {
    const read = jest.fn().mockResolvedValue([]);
    await readByActivity(read, 50, `9999-12-31T23:59:59.999Z#${'0'.repeat(24)}`);
    expect(read.mock.calls.length).toBeLessThan(12);
  });

  it('asks for no wider windows while these give enough', async () => {
    const widths: number[] = [];
    let end = Date.now();
    await readByActivity(
      async (from) => {
        widths.push(Math.round((end - Date.parse(from)) / 3_600_000));
        end = Date.parse(from);
        return Array.from({ length: widths.length === 1 ? 0 : 20 }, () => ({ activity: from }) as Chat);
      },
      79,
      undefined,
    );
    expect(widths).toEqual([1, 4, 4, 4, 4]);
  });

  it('knows its own cursors', () => {
    expect(isActivityCursor(activityKey(new Date(), new Types.ObjectId().toHexString()))).toBe(true);
    for (const foreign of ['', '~', '2026-01-01', '{"$gt":""}', `${new Date().toISOString()}#zz`]) {
      expect(isActivityCursor(foreign)).toBe(false);
    }
  });
});
