import { assertInInjectionContext, DestroyRef, DOCUMENT, inject, type Signal, signal } from '@angular/core';

/** Whether a media query holds, as a signal as long as the asking component lives. */
export function injectMediaQuery(query: string): Signal<boolean> {
  assertInInjectionContext(injectMediaQuery);
  const list = inject(DOCUMENT).defaultView?.matchMedia(query);
  const matches = signal(list?.matches ?? false);
  const follow = () => matches.set(list?.matches ?? false);
  list?.addEventListener('change', follow);
  inject(DestroyRef).onDestroy(() => list?.removeEventListener('change', follow));
  return matches.asReadonly();
}
