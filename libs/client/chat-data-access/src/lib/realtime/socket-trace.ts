import { DOCUMENT, inject, Injectable } from '@angular/core';

/** Where the setting is kept, as the `debug` library does. */
const SETTING = 'debug';

/** The name under which the traffic is asked for. */
const NAME = 'socket.io-client:socket';

/**
 * Shows the socket's traffic in the console while `localStorage.debug` asks for it, e.g. by
 * `socket.io-client:*`. The browser's build of socket.io-client leaves its own tracing out.
 */
@Injectable({ providedIn: 'root' })
export class SocketTrace {
  private readonly isWanted = isAskedFor(readSetting(inject(DOCUMENT).defaultView));

  /** @param direction who says it: we (`→`), the server (`←`), or the line itself (`·`) */
  show(direction: '→' | '←' | '·', event: string, payload: unknown): void {
    if (!this.isWanted) return;
    // eslint-disable-next-line no-console -- somebody has asked for it, in the console
    console.log(NAME, direction, event, payload);
  }
}

function readSetting(view: Window | null): string {
  try {
    return view?.localStorage.getItem(SETTING) ?? '';
  } catch {
    // A browser may refuse storage altogether.
    return '';
  }
}

/** The names of a setting stand between commas or spaces; `*` is anything. */
function isAskedFor(setting: string): boolean {
  return setting.split(/[\s,]+/).some((name) => {
    const parts = name.split('*').map((part) => part.replace(/[^\w-]/g, '\\$&'));
    return name !== '' && new RegExp(`^${parts.join('.*')}$`).test(NAME);
  });
}
