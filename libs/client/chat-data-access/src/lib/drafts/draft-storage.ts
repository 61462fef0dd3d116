import { DOCUMENT, inject, Injectable } from '@angular/core';
import { MESSAGE_BYTES_MAX } from '@elite-chat/contracts';

const KEY_PREFIX = 'elite-chat.drafts.';

/** So many drafts are kept, those that were changed last; browsers give some five megabytes in all. */
const DRAFTS_MAX = 50;

/** A longer text could not be sent; it is kept as long as the page, not longer. In UTF-16 units. */
const LENGTH_MAX = 2 * MESSAGE_BYTES_MAX;

/** The drafts' place in the browser, apart for each person. Where storage is blocked or full nothing is kept. */
@Injectable({ providedIn: 'root' })
export class DraftStorage {
  private readonly view = inject(DOCUMENT).defaultView;

  /** The kept drafts of a person, the one that was changed first at the beginning. */
  read(userId: string): [chatId: string, text: string][] {
    try {
      const kept: unknown = JSON.parse(this.view?.localStorage.getItem(KEY_PREFIX + userId) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isDraft) : [];
    } catch {
      return [];
    }
  }

  /** Writes changed drafts beside those that are kept, also by other tabs; empty ones are removed. */
  write(userId: string, changed: ReadonlyMap<string, string>): void {
    const drafts = new Map(this.read(userId));
    for (const [chatId, text] of changed) {
      drafts.delete(chatId);
      if (text !== '' && text.length <= LENGTH_MAX) drafts.set(chatId, text);
    }
    try {
      this.view?.localStorage.setItem(KEY_PREFIX + userId, JSON.stringify([...drafts].slice(-DRAFTS_MAX)));
    } catch {
      // The drafts live on in the page.
    }
  }

  /** Forgets everything that a person has written. */
  remove(userId: string): void {
    try {
      this.view?.localStorage.removeItem(KEY_PREFIX + userId);
    } catch {
      // Nothing was kept either.
    }
  }
}

function isDraft(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}
