import { formatAge, formatDay, isSameDay } from './time-format';

const now = new Date(2026, 6, 15, 12, 0);
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

describe('formatAge', () => {
  it.each([
    [0.5, 'now', 'jetzt'],
    [5, '5 min', '5 Min.'],
    [59.9, '59 min', '59 Min.'],
    [180, '3 hr', '3 Std.'],
    [13 * 60, 'Yesterday', 'Gestern'],
  ])('%p minutes ago is %j, in German %j', (minutes, english, german) => {
    expect(formatAge(minutesAgo(minutes), now, 'en')).toBe(english);
    expect(formatAge(minutesAgo(minutes), now, 'de')).toBe(german);
  });

  it('names the weekday within a week, then the date, and the year when it is another', () => {
    expect(formatAge(new Date(2026, 6, 11, 9), now, 'en')).toBe('Saturday');
    expect(formatAge(new Date(2026, 2, 3), now, 'en')).toBe('Mar 3');
    expect(formatAge(new Date(2026, 2, 3), now, 'en-GB')).toBe('3 Mar');
    expect(formatAge(new Date(2025, 2, 3), now, 'en')).toBe('Mar 3, 2025');
  });

  it('says "now" for a clock that is ahead', () => {
    expect(formatAge(minutesAgo(-3), now, 'en')).toBe('now');
  });
});

describe('formatDay', () => {
  it('goes by the calendar, not by hours', () => {
    expect(formatDay(new Date(2026, 6, 15, 0, 1), now, 'en')).toBe('Today');
    expect(formatDay(new Date(2026, 6, 14, 23, 59), now, 'en')).toBe('Yesterday');
    expect(formatDay(new Date(2026, 6, 9, 23), now, 'en')).toBe('Thursday');
    expect(formatDay(new Date(2026, 6, 8, 23), now, 'en')).toBe('Wednesday, July 8');
    expect(formatDay(new Date(2024, 6, 8), now, 'en')).toBe('July 8, 2024');
    expect(formatDay(new Date(2026, 6, 8), now, 'de')).toBe('Mittwoch, 8. Juli');
  });
});

describe('isSameDay', () => {
  it('tells days apart at midnight', () => {
    expect(isSameDay(new Date(2026, 6, 15, 0, 0), new Date(2026, 6, 15, 23, 59))).toBe(true);
    expect(isSameDay(new Date(2026, 6, 15, 23, 59), new Date(2026, 6, 16, 0, 0))).toBe(false);
  });
});
