import {
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  inject,
  Injectable,
  type Signal,
  signal,
} from '@angular/core';
import { endWithUser, SessionStore } from '@elite-chat/session';

import { DraftStorage } from './draft-storage';

/** Writing follows typing by at most this, in milliseconds. */
const WRITE_DELAY_MS = 300;

/**
 * What somebody has written and not sent, by chat: it survives closing, going elsewhere, a reload and the
 * end of a session; signing out forgets it.
 */
@Injectable({ providedIn: 'root' })
export class DraftStore {
  private readonly storage = inject(DraftStorage);
  private readonly session = inject(SessionStore);
  private readonly changed = signal<ReadonlyMap<string, string>>(new Map());
  private readonly claim = endWithUser(() => this.forget());
  private readonly unwritten = new Map<string, string>();
  private ownerId: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** What an earlier page has kept, read once. */
  private readonly kept = computed(() => {
    const userId = this.session.user()?.id;
    return userId === undefined ? [] : this.storage.read(userId);
  });

  /** All drafts of whoever is signed in, by the id of the chat. */
  readonly drafts: Signal<ReadonlyMap<string, string>> = computed(() => {
    const drafts = new Map([...this.kept(), ...this.changed()]);
    return new Map([...drafts].filter(([, text]) => text !== ''));
  });

  constructor() {
    // Signing out forgets what this person has written on an earlier page, too.
    effect(() => this.own(this.session.user()?.id));
    const view = inject(DOCUMENT).defaultView;
    const write = () => this.write();
    view?.addEventListener('pagehide', write);
    inject(DestroyRef).onDestroy(() => {
      view?.removeEventListener('pagehide', write);
      this.write();
    });
  }

  /** The draft of a chat; empty when there is none. */
  of(chatId: string): string {
    return this.drafts().get(chatId) ?? '';
  }

  /** Keeps what stands in the chat's field now; empty: there is no draft any more. */
  keep(chatId: string, text: string): void {
    const userId = this.session.user()?.id;
    if (userId === undefined || text === this.of(chatId)) return;
    this.own(userId);
    this.changed.update((changed) => new Map(changed).set(chatId, text));
    this.unwritten.set(chatId, text);
    this.timer ??= setTimeout(() => this.write(), WRITE_DELAY_MS);
  }

  private own(userId: string | undefined): void {
    if (userId === undefined) return;
    this.claim();
    this.ownerId = userId;
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.ownerId !== null && this.unwritten.size > 0) this.storage.write(this.ownerId, this.unwritten);
    this.unwritten.clear();
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.unwritten.clear();
    this.changed.set(new Map());
    if (this.ownerId !== null) this.storage.remove(this.ownerId);
    this.ownerId = null;
  }
}
