import { defer, filter, map, merge, type Observable, repeat, startWith, switchMap, timer } from 'rxjs';

import type { ChatSocket } from './chat-socket';

/** What is shown is compared this often at least, and this much less often at most, in milliseconds. */
const SHORTEST_MS = 25_000;
const SPREAD_MS = 5_000;

/**
 * Emits whenever what is shown may be behind: at each connection, when the page comes back, and about every
 * half minute of a connection, because events between the server's nodes may be lost. Not all clients at once.
 */
export function resyncs(socket: Pick<ChatSocket, 'connected$' | 'resumed$' | 'state'>): Observable<void> {
  const returns = merge(socket.connected$, socket.resumed$);
  const pause = defer(() => timer(SHORTEST_MS + Math.random() * SPREAD_MS)).pipe(repeat());
  const pauses = returns.pipe(
    startWith(undefined),
    switchMap(() => pause),
    filter(() => socket.state() === 'connected'),
  );
  return merge(returns, pauses).pipe(map(() => undefined));
}
