import { DOCUMENT, inject, Injectable } from '@angular/core';
import type { ChatDto } from '@elite-chat/contracts';
import { SessionStore } from '@elite-chat/session';

const STORAGE_KEY = 'elite-chat.alerted';

/** So many chats are remembered: those that were alerted for last. */
const CHATS_MAX = 100;

/**
 * Lets one tab of a browser alert for a message, however many are open and whenever each of them hears of it:
 * up to which message of each chat there was an alert is kept in the browser's storage, changed under a Web Lock.
 * Where there are none, two tabs may now and then both alert.
 */
@Injectable({ providedIn: 'root' })
export class AlertClaims {
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly session = inject(SessionStore);

  /** True for the first tab that asks about the message with this number. */
  async claim({ id, epoch }: Pick<ChatDto, 'id' | 'epoch'>, seq: number): Promise<boolean> {
    const user = this.session.user()?.id;
    if (user === undefined) return false;
    const locks = this.view?.navigator.locks;
    // A restored backup gives numbers anew.
    const take = () => this.take(user, `${id}@${epoch}`, seq);
    return locks ? locks.request(`${STORAGE_KEY}:${user}`, async () => take()) : take();
  }

  private take(user: string, chat: string, seq: number): boolean {
    const alerted = this.read(user);
    if ((alerted.get(chat) ?? 0) >= seq) return false;
    alerted.delete(chat);
    alerted.set(chat, seq);
    this.write(user, alerted);
    return true;
  }

  /** Oldest alert first. */
  private read(user: string): Map<string, number> {
    try {
      const kept: unknown = JSON.parse(this.view?.localStorage.getItem(STORAGE_KEY) ?? 'null');
      if (isRecord(kept) && kept['user'] === user && Array.isArray(kept['chats'])) {
        return new Map(kept['chats'].filter(isAlert));
      }
    } catch {
      // Storage is refused, or holds what is not ours: as if there had been no alert yet.
    }
    return new Map();
  }

  private write(user: string, alerted: ReadonlyMap<string, number>): void {
    try {
      const chats = [...alerted].slice(-CHATS_MAX);
      this.view?.localStorage.setItem(STORAGE_KEY, JSON.stringify({ user, chats }));
    } catch {
      // Without storage each tab alerts for itself: rather twice than never.
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isAlert(value: unknown): value is [string, number] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number';
}
