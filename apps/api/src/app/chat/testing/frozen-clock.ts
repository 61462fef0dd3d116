/** Everything of time but the clock goes on as ever. */
const REAL_TIMERS = [
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
] as const;

/** Lets the clock alone stand still, until `jest.useRealTimers()`; `jest.setSystemTime()` sets it. */
export function freezeClock(now: number): void {
  jest.useFakeTimers({ now, doNotFake: [...REAL_TIMERS] });
}
