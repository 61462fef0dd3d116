import { type Chat } from './schemas/chat.schema';

/** First window of time, in milliseconds; wider ones follow where it holds little. */
const FIRST_WINDOW_MS = 3_600_000;
const WIDENING = 4;

/** A window with at least so many chats is wide enough. */
const WIDEN_BELOW = 8;

/** No chat is older. */
const BEGINNING_MS = Date.UTC(2020, 0, 1);

/** Sorts behind every activity key, also one of a clock that is ahead. */
const AFTER_ALL = '~';

const ACTIVITY = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)#[0-9a-f]{24}$/;

/** A page of chats, newest activity first. */
export interface ActivityPage {
  chats: Chat[];
  nextCursor: string | null;
}

/** The sort key of a chat in lists by time; two never tie. */
export function activityKey(time: Date, chatId: string): string {
  return `${time.toISOString()}#${chatId}`;
}

/** True for a cursor that {@link readByActivity} has given. */
export function isActivityCursor(cursor: string): boolean {
  const time = ACTIVITY.exec(cursor)?.[1];
  if (time === undefined) return false;
  const date = new Date(time);
  // The day 2026-02-30 is read as another, 9999-99-99 as none.
  return !Number.isNaN(date.getTime()) && date.toISOString() === time;
}

/**
 * Reads a page by windows of time that widen while they hold little: each query is a two-sided range,
 * whose cost is that of the window and not of the collection.
 * @param read the chats with `from <= activity < before`, newest first, at most `limit`
 */
export async function readByActivity(
  read: (from: string, before: string, limit: number) => Promise<Chat[]>,
  limit: number,
  cursor: string | undefined,
): Promise<ActivityPage> {
  const chats: Chat[] = [];
  // One more than asked tells whether there is a next page.
  const wanted = limit + 1;
  let before = cursor ?? AFTER_ALL;
  // Windows that end in the future would widen over nothing.
  let beforeMs = Math.min(Date.now(), cursor ? timeOf(cursor) : Infinity);
  let size = FIRST_WINDOW_MS;
  while (chats.length < wanted && before !== '') {
    const fromMs = beforeMs - size;
    const from = fromMs > BEGINNING_MS ? new Date(fromMs).toISOString() : '';
    const found = await read(from, before, wanted - chats.length);
    chats.push(...found);
    // A wider window is as dense as this one: where much is found there is no need, and it could be too much.
    if (found.length < WIDEN_BELOW) size *= WIDENING;
    before = from;
    beforeMs = fromMs;
  }
  const page = chats.slice(0, limit);
  return { chats: page, nextCursor: chats.length > limit ? (page.at(-1)?.activity ?? null) : null };
}

/** The time in an activity key, in milliseconds since 1970. */
function timeOf(activity: string): number {
  return Date.parse(activity.slice(0, activity.indexOf('#')));
}
