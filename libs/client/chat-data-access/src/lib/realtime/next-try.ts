import { type Signal, signal } from '@angular/core';

import { backoffDelay } from './backoff';

/** When a lost connection is tried again: later each time, spread over all clients. */
export class NextTry {
  private readonly time = signal<number | null>(null);
  private failedTries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** When it is, in milliseconds since 1970; null while none is planned. */
  readonly at: Signal<number | null> = this.time.asReadonly();

  /** @param notBefore seconds that the server has asked us to wait at least */
  plan(tryToConnect: () => void, notBefore = 0): void {
    this.cancel();
    const delay = notBefore * 1000 + backoffDelay(this.failedTries++);
    this.time.set(Date.now() + delay);
    this.timer = setTimeout(tryToConnect, delay);
  }

  /** Plans none. */
  cancel(): void {
    clearTimeout(this.timer);
    this.time.set(null);
  }

  /** Begins with short waits again. */
  forgetFailures(): void {
    this.failedTries = 0;
  }
}
