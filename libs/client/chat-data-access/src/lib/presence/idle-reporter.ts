import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';
import { fromEvent, merge, type Subscription, throttleTime } from 'rxjs';

import { ChatSocket } from '../realtime/chat-socket';

/** After so long without a sign of the reader they count as away from the screen, in milliseconds. */
const IDLE_AFTER_MS = 5 * 60_000;

/** Signs of the reader are looked at so often at most, in milliseconds. */
const SIGN_PACE_MS = 1_000;

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'visibilitychange'] as const;

/** Tells the server whether the reader is at the screen, so that the other side sees who is there. */
@Injectable({ providedIn: 'root' })
export class IdleReporter {
  private readonly document = inject(DOCUMENT);
  private readonly socket = inject(ChatSocket);
  private following: Subscription | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isIdle = false;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  /** Reports from now on. */
  start(): void {
    if (this.following) return;
    const signs = SIGNS.map((name) => fromEvent(this.document, name, { passive: true, capture: true }));
    this.following = merge(...signs)
      .pipe(throttleTime(SIGN_PACE_MS))
      .subscribe(() => this.onSign());
    // Each connection begins as that of somebody who is there.
    this.following.add(this.socket.connected$.subscribe(() => this.isIdle && this.report()));
    this.onSign();
  }

  /** Reports no more. */
  stop(): void {
    this.following?.unsubscribe();
    this.following = null;
    clearTimeout(this.timer);
  }

  private onSign(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.turn(true), IDLE_AFTER_MS);
    this.turn(false);
  }

  private turn(isIdle: boolean): void {
    if (this.isIdle === isIdle) return;
    this.isIdle = isIdle;
    this.report();
  }

  private report(): void {
    // A sign that does not arrive is told at the next connection.
    this.socket.emitWithAck('set_idle', { isIdle: this.isIdle }).catch(() => undefined);
  }
}
