import { computed, DestroyRef, inject, Injectable, type Signal, signal } from '@angular/core';
import type { LoginDto, RegisterDto, SessionDto, UserDto } from '@elite-chat/contracts';

import { AccountApi } from '../api/account-api';
import { ExpiryTimer } from './expiry-timer';
import { type KeptSession, SESSION_KEY, SessionStorage } from './session-storage';
import { tokenLifetime } from './token-lifetime';

/** Who is signed in. Kept across reloads and shared by all tabs of the browser. */
@Injectable({ providedIn: 'root' })
export class SessionStore {
  private readonly api = inject(AccountApi);
  private readonly storage = inject(SessionStorage);
  private readonly expiry = new ExpiryTimer();
  private readonly kept = signal<KeptSession | null>(null);

  /** Who is signed in; stays while the session has ended, until that person signs in again or out. */
  readonly user: Signal<UserDto | null> = computed(() => this.kept()?.user ?? null, {
    equal: (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other),
  });

  /** The bearer token; null when signed out and when the session has ended. */
  readonly token: Signal<string | null> = computed(() => this.kept()?.token ?? null);

  /** Whether there is a token that the server has not refused. */
  readonly isSignedIn: Signal<boolean> = computed(() => this.token() !== null);

  /** The token expired or was refused: the person must sign in again; nothing else is lost. */
  readonly hasEnded: Signal<boolean> = computed(() => this.user() !== null && this.token() === null);

  constructor() {
    this.adopt(this.storage.read());
    const view = this.storage.view;
    const follow = (event: StorageEvent) => {
      // A null key: everything was cleared.
      if (event.key === SESSION_KEY || event.key === null) this.adopt(this.storage.read());
    };
    view?.addEventListener('storage', follow);
    inject(DestroyRef).onDestroy(() => {
      view?.removeEventListener('storage', follow);
      this.expiry.clear();
    });
  }

  /** Signs in; rejects with a `ChatRequestError`, for example `invalid_credentials`. */
  async signIn(credentials: LoginDto): Promise<UserDto> {
    return this.begin(await this.api.login(credentials));
  }

  /** Makes a new customer and signs in; rejects with a `ChatRequestError`, for example `email_taken`. */
  async register(account: RegisterDto): Promise<UserDto> {
    return this.begin(await this.api.register(account));
  }

  /** Signs out here and in the browser's other tabs. */
  signOut(): void {
    this.keep(null);
  }

  /** Called when the server refuses `token`; a late refusal of an earlier token changes nothing. */
  end(token: string): void {
    const kept = this.kept();
    if (kept?.token !== token) return;
    // Another tab may have signed in again while this one slept: what it keeps is newer.
    const stored = this.storage.read();
    if (stored !== null && stored.token !== token) this.adopt(stored);
    else this.keep({ user: kept.user, token: null, expiresAt: null });
  }

  private begin({ token, user }: SessionDto): UserDto {
    const lifetime = tokenLifetime(token);
    this.keep({ token, user, expiresAt: lifetime === null ? null : Date.now() + lifetime });
    return user;
  }

  private keep(session: KeptSession | null): void {
    this.storage.write(session);
    this.adopt(session);
  }

  private adopt(session: KeptSession | null): void {
    this.kept.set(session);
    this.expiry.clear();
    if (!session?.token || session.expiresAt === null) return;
    const { token, expiresAt } = session;
    this.expiry.start(expiresAt, () => this.end(token));
  }
}
