import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { ServerEventName } from '@elite-chat/contracts';
import { type Observable, Subject, tap } from 'rxjs';

import { SocketTrace } from './socket-trace';

/** Hears events of the socket: one listener per event for the life of the client, since the library leaks others. */
@Injectable({ providedIn: 'root' })
export class SocketListener {
  private readonly trace = inject(SocketTrace);
  private readonly destroyRef = inject(DestroyRef);

  /** An event of the server; to be called once for each. */
  event<T>(name: ServerEventName, source: Observable<T>): Observable<T> {
    return this.hear('←', name, source);
  }

  /** Something that happens to the connection itself; to be called once for each. */
  connection<T>(name: string, source: Observable<T>): Observable<T> {
    return this.hear('·', name, source);
  }

  private hear<T>(direction: '←' | '·', name: string, source: Observable<T>): Observable<T> {
    const heard = new Subject<T>();
    source
      .pipe(
        tap((payload) => this.trace.show(direction, name, payload)),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe(heard);
    return heard.asObservable();
  }
}
