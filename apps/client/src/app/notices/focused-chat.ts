import { computed, DOCUMENT, inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { EMPTY, filter, fromEvent, map, merge } from 'rxjs';

/** Path of the admin's inbox; a chat's id follows it. */
export const INBOX_PATH = '/admin/messages';

/** The chat of the inbox that this window shows, while the window has the focus; null: none. */
export function injectFocusedChat(): Signal<string | null> {
  const document = inject(DOCUMENT);
  const router = inject(Router);
  const view = document.defaultView;
  const focusChanges = view ? merge(fromEvent(view, 'focus'), fromEvent(view, 'blur')) : EMPTY;
  const hasFocus = toSignal(focusChanges.pipe(map(() => document.hasFocus())), {
    initialValue: document.hasFocus(),
  });
  const url = toSignal(
    router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(() => router.url),
    ),
    { initialValue: router.url },
  );
  return computed(() => {
    const [path = ''] = url().split('?', 1);
    return hasFocus() && path.startsWith(`${INBOX_PATH}/`) ? path.slice(INBOX_PATH.length + 1) : null;
  });
}
