import { assertInInjectionContext, DestroyRef, inject, type Signal, signal } from '@angular/core';

/**
 * The time as a signal, renewed every `everyMs` milliseconds as long as the asking component lives.
 * Ages and names of days are derived from it and so don't grow stale on an open page.
 */
export function injectCurrentTime(everyMs = 30_000): Signal<Date> {
  assertInInjectionContext(injectCurrentTime);
  const now = signal(new Date());
  const timer = setInterval(() => now.set(new Date()), everyMs);
  inject(DestroyRef).onDestroy(() => clearInterval(timer));
  return now.asReadonly();
}
