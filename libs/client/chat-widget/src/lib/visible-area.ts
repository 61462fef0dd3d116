import { assertInInjectionContext, DestroyRef, DOCUMENT, inject, type Signal, signal } from '@angular/core';

/** What can be seen of the page, in CSS pixels; `top` is how far it lies below the top of the layout. */
export interface VisibleArea {
  readonly height: number;
  readonly top: number;
}

/**
 * What can be seen of the page, as a signal: on phones the keyboard covers
 * the rest without telling the layout. Null where the browser doesn't say. Keeps its value while the reader zooms in.
 */
export function injectVisibleArea(): Signal<VisibleArea | null> {
  assertInInjectionContext(injectVisibleArea);
  const viewport = inject(DOCUMENT).defaultView?.visualViewport ?? null;
  const visible = signal(measure(viewport), {
    equal: (one, other) => one?.height === other?.height && one?.top === other?.top,
  });
  const follow = () => {
    if (viewport && viewport.scale <= 1) visible.set(measure(viewport));
  };
  viewport?.addEventListener('resize', follow);
  viewport?.addEventListener('scroll', follow);
  inject(DestroyRef).onDestroy(() => {
    viewport?.removeEventListener('resize', follow);
    viewport?.removeEventListener('scroll', follow);
  });
  return visible.asReadonly();
}

function measure(viewport: VisualViewport | null): VisibleArea | null {
  return viewport && { height: Math.round(viewport.height), top: Math.round(viewport.offsetTop) };
}
