import { DOCUMENT, inject, Injectable } from '@angular/core';
import { USER_ROLES, type UserDto } from '@elite-chat/contracts';

/** Where the session is kept in `localStorage`. */
export const SESSION_KEY = 'elite-chat.session';

/** What is kept of a session; without a token it has ended and waits for the same person to sign in. */
export interface KeptSession {
  readonly token: string | null;
  readonly user: UserDto;
  /** When the token expires by this machine's clock (milliseconds since 1970); null when it doesn't say. */
  readonly expiresAt: number | null;
}

/** The session's place in the browser. Where storage is blocked or full the session lives as long as the page. */
@Injectable({ providedIn: 'root' })
export class SessionStorage {
  /** The page's window, which tells of changes by other tabs. */
  readonly view = inject(DOCUMENT).defaultView;

  read(): KeptSession | null {
    try {
      return parse(this.view?.localStorage.getItem(SESSION_KEY) ?? null);
    } catch {
      return null;
    }
  }

  write(session: KeptSession | null): void {
    try {
      if (session) this.view?.localStorage.setItem(SESSION_KEY, JSON.stringify(session));
      else this.view?.localStorage.removeItem(SESSION_KEY);
    } catch {
      // Blocked or full: nothing to do but to live without.
    }
  }
}

function parse(text: string | null): KeptSession | null {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || !isUser(value['user'])) return null;
  const { user, token, expiresAt } = value;
  return {
    user,
    token: typeof token === 'string' ? token : null,
    expiresAt: typeof expiresAt === 'number' ? expiresAt : null,
  };
}

function isUser(value: unknown): value is UserDto {
  return (
    isRecord(value) &&
    ['id', 'name', 'email'].every((field) => typeof value[field] === 'string') &&
    USER_ROLES.some((role) => role === value['role'])
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
