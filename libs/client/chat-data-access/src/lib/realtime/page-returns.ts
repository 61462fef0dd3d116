import { EMPTY, filter, fromEvent, map, merge, type Observable } from 'rxjs';

/** Emits when the page comes back into view or online: time to look at the connection. */
export function pageReturns(document: Document): Observable<void> {
  const view = document.defaultView;
  const online = view ? fromEvent(view, 'online') : EMPTY;
  const visible = fromEvent(document, 'visibilitychange').pipe(
    filter(() => document.visibilityState === 'visible'),
  );
  return merge(online, visible).pipe(map(() => undefined));
}
