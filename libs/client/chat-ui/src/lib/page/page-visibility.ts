import { assertInInjectionContext, DestroyRef, DOCUMENT, inject, type Signal, signal } from '@angular/core';

/** Whether the page is in view, as a signal: what arrives in a hidden tab has not been read. */
export function injectPageVisibility(): Signal<boolean> {
  assertInInjectionContext(injectPageVisibility);
  const document = inject(DOCUMENT);
  const isVisible = signal(document.visibilityState === 'visible');
  const follow = () => isVisible.set(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', follow);
  inject(DestroyRef).onDestroy(() => document.removeEventListener('visibilitychange', follow));
  return isVisible.asReadonly();
}
