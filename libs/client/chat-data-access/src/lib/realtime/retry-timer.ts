import type { ChatRequestError } from '@elite-chat/session';

import { backoffDelay } from './backoff';

/** Tries again what has failed for now, ever more seldom; not what is refused for good. */
export class RetryTimer {
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Calls back after a while, not before the server said so. */
  plan(error: ChatRequestError, tryAgain: () => void): void {
    clearTimeout(this.timer);
    if (['unauthorized', 'forbidden', 'not_found', 'validation_failed'].includes(error.code)) return;
    const delay = (error.retryAfter ?? 0) * 1_000 + backoffDelay(this.failures++);
    this.timer = setTimeout(tryAgain, delay);
  }

  /** It has worked: the next failure is a first one. */
  succeeded(): void {
    this.cancel();
    this.failures = 0;
  }

  /** Tries no more. */
  cancel(): void {
    clearTimeout(this.timer);
  }
}
