/** `setTimeout` fires at once beyond this (2^31 - 1 ms, 24 days). */
const LONGEST_TIMEOUT_MS = 2_147_483_647;

/** Calls back at a time of day, however far away. */
export class ExpiryTimer {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Calls `expired` at `time` (milliseconds since 1970), at once when that is past; replaces what was started before. */
  start(time: number, expired: () => void): void {
    this.clear();
    const remaining = time - Date.now();
    if (remaining <= 0) {
      expired();
      return;
    }
    this.timer = setTimeout(() => this.start(time, expired), Math.min(remaining, LONGEST_TIMEOUT_MS));
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
