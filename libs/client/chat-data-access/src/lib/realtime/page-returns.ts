import { EMPTY, filter, fromEvent, interval, map, merge, type Observable, pairwise, startWith } from 'rxjs';

/** How often it is looked whether time has been passed over, in milliseconds. */
const WAKE_CHECK_MS = 5_000;

/** A timer that is later than this has slept: the machine was closed or the page frozen. */
const SLEPT_MS = 10_000;

/**
 * Emits when the page comes back into view or online, or wakes up: time to look at the connection. Waking has no
 * event of its own; it is known by timers that were late.
 */
export function pageReturns(document: Document): Observable<void> {
  const view = document.defaultView;
  const isVisible = () => document.visibilityState === 'visible';
  const online = view ? fromEvent(view, 'online') : EMPTY;
  // Back from the browser's cache of pages.
  const shown = view
    ? fromEvent(view, 'pageshow').pipe(filter((event) => Reflect.get(event, 'persisted')))
    : EMPTY;
  const visible = fromEvent(document, 'visibilitychange').pipe(filter(isVisible));
  return merge(online, shown, visible, wakings().pipe(filter(isVisible))).pipe(map(() => undefined));
}

function wakings(): Observable<unknown> {
  return interval(WAKE_CHECK_MS).pipe(
    startWith(0),
    map(() => Date.now()),
    pairwise(),
    filter(([before, now]) => now - before > WAKE_CHECK_MS + SLEPT_MS),
  );
}
