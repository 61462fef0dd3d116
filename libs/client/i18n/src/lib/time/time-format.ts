const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Formats cost far more to make than to use: one of each kind is kept for each locale. */
const formats = new Map<string, Intl.DateTimeFormat>();
const durations = new Map<string, Intl.NumberFormat>();
const relativeTimes = new Map<string, Intl.RelativeTimeFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(
    formats,
    `${locale} ${JSON.stringify(options)}`,
    () => new Intl.DateTimeFormat(locale, options),
  );
}

function relativeTime(locale: string): Intl.RelativeTimeFormat {
  return kept(relativeTimes, locale, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
}

function kept<T>(known: Map<string, T>, key: string, make: () => T): T {
  const format = known.get(key) ?? make();
  known.set(key, format);
  return format;
}

/** Whether the day has 12 or 24 hours is the reader's own, whatever language is spoken. */
const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();

/** The time of day, as the reader writes it. */
export function formatTime(time: Date, locale: string): string {
  return dateFormat(locale, { hour: 'numeric', minute: '2-digit', hourCycle }).format(time);
}

/** Day and time in full, for a tooltip. */
export function formatFullTime(time: Date, locale: string): string {
  return dateFormat(locale, { dateStyle: 'full', timeStyle: 'short', hourCycle }).format(time);
}

/** A day in full, without its time. */
export function formatDate(time: Date, locale: string): string {
  return dateFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(time);
}

/** The heading of a day in a thread: Today, Yesterday, a weekday of the last week, else the date. */
export function formatDay(time: Date, now: Date, locale: string): string {
  const days = daysBetween(time, now);
  if (days === 0 || days === 1) return relativeDay(days, locale);
  if (days > 1 && days < 7) return dateFormat(locale, { weekday: 'long' }).format(time);
  if (time.getFullYear() !== now.getFullYear()) return formatDate(time, locale);
  return dateFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(time);
}

/** How long ago, for a row of a list: now, 5 min, 3 h, Yesterday, a weekday, a date. */
export function formatAge(time: Date, now: Date, locale: string): string {
  const age = now.getTime() - time.getTime();
  if (age < MINUTE_MS) return relativeTime(locale).format(0, 'second');
  if (age < HOUR_MS) return duration(Math.floor(age / MINUTE_MS), 'minute', locale);
  const days = daysBetween(time, now);
  if (days === 0) return duration(Math.floor(age / HOUR_MS), 'hour', locale);
  if (days === 1) return relativeDay(1, locale);
  if (days < 7) return dateFormat(locale, { weekday: 'long' }).format(time);
  const isThisYear = time.getFullYear() === now.getFullYear();
  return dateFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(!isThisYear && { year: 'numeric' }),
  }).format(time);
}

/** Whether two moments are on one day of the reader's calendar. */
export function isSameDay(one: Date, other: Date): boolean {
  return startOfDay(one) === startOfDay(other);
}

/** The first moment of that day in the reader's zone, in milliseconds since 1970. */
export function startOfDay(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

function duration(count: number, unit: 'minute' | 'hour', locale: string): string {
  const options = { style: 'unit', unit, unitDisplay: 'short' } as const;
  return kept(durations, `${locale} ${unit}`, () => new Intl.NumberFormat(locale, options)).format(count);
}

/** "Today" or "Yesterday": it stands alone, so it begins with a capital in every language. */
function relativeDay(daysAgo: number, locale: string): string {
  const words = relativeTime(locale).format(-daysAgo, 'day');
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
}

/** Days of the calendar, not of 24 hours: rounding takes care of the change of clocks. */
function daysBetween(earlier: Date, later: Date): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / (24 * HOUR_MS));
}
