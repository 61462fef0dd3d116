/** The language of the words around. Only whether the day has 12 or 24 hours is the reader's own. */
const LANGUAGE = 'en';
const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();

const timeOfDay = new Intl.DateTimeFormat(LANGUAGE, { hour: 'numeric', minute: '2-digit', hourCycle });
const weekday = new Intl.DateTimeFormat(LANGUAGE, { weekday: 'long' });
const dayAndMonth = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short' });
const fullDay = new Intl.DateTimeFormat(LANGUAGE, { weekday: 'long', day: 'numeric', month: 'long' });
const fullDate = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'long', year: 'numeric' });
const shortDate = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short', year: 'numeric' });
const everything = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'full', timeStyle: 'short', hourCycle });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The time of day, as the reader writes it. */
export function formatTime(time: Date): string {
  return timeOfDay.format(time);
}

/** Day and time in full, for a tooltip. */
export function formatFullTime(time: Date): string {
  return everything.format(time);
}

/** The heading of a day in a thread: Today, Yesterday, a weekday of the last week, else the date. */
export function formatDay(time: Date, now: Date): string {
  const days = daysBetween(time, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days > 1 && days < 7) return weekday.format(time);
  return time.getFullYear() === now.getFullYear() ? fullDay.format(time) : fullDate.format(time);
}

/** How long ago, for a row of a list: now, 5 min, 3 h, Yesterday, a weekday, a date. */
export function formatAge(time: Date, now: Date): string {
  const age = now.getTime() - time.getTime();
  if (age < MINUTE_MS) return 'now';
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min`;
  const days = daysBetween(time, now);
  if (days === 0) return `${Math.floor(age / HOUR_MS)} h`;
  if (days === 1) return 'Yesterday';
  if (days > 1 && days < 7) return weekday.format(time);
  return time.getFullYear() === now.getFullYear() ? dayAndMonth.format(time) : shortDate.format(time);
}

/** Whether two moments are on one day of the reader's calendar. */
export function isSameDay(one: Date, other: Date): boolean {
  return startOfDay(one) === startOfDay(other);
}

/** Days of the calendar, not of 24 hours: rounding takes care of the change of clocks. */
function daysBetween(earlier: Date, later: Date): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / (24 * HOUR_MS));
}

function startOfDay(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}
