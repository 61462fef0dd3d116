import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { SessionStore } from '@elite-chat/session';

import { AlertClaims } from './alert-claims';

describe('AlertClaims', () => {
  const user = signal<{ id: string } | null>({ id: 'ada' });
  const chat = { id: 'one', epoch: 'first' };

  /** The part of a page of its own that claims; they share the browser's storage. */
  function tab(): AlertClaims {
    return TestBed.resetTestingModule()
      .configureTestingModule({ providers: [{ provide: SessionStore, useValue: { user } }] })
      .inject(AlertClaims);
  }

  beforeEach(() => {
    localStorage.clear();
    user.set({ id: 'ada' });
  });

  it('gives each message to one tab, whichever of them hears of it first', async () => {
    const [first, second] = [tab(), tab()];
    expect(await Promise.all([first.claim(chat, 1), second.claim(chat, 1)])).toEqual([true, false]);
    expect(await second.claim(chat, 2)).toBe(true);
    expect([await first.claim(chat, 2), await first.claim(chat, 1)]).toEqual([false, false]);
    expect(await first.claim({ ...chat, id: 'two' }, 1)).toBe(true);
  });

  it('alerts anew for numbers that are given again after a restored backup, and for another person', async () => {
    await tab().claim(chat, 5);
    expect(await tab().claim({ ...chat, epoch: 'restored' }, 5)).toBe(true);
    user.set({ id: 'ben' });
    expect(await tab().claim(chat, 5)).toBe(true);
  });

  it('remembers a bounded number of chats, those alerted for last', async () => {
    const claims = tab();
    for (let number = 0; number <= 100; number++) await claims.claim({ ...chat, id: `chat ${number}` }, 1);
    expect(await claims.claim({ ...chat, id: 'chat 1' }, 1)).toBe(false);
    expect(await claims.claim({ ...chat, id: 'chat 0' }, 1)).toBe(true);
  });

  it.each(['not JSON', '{"user":"ada","chats":[["one@first","9"],null]}'])(
    'alerts where the storage holds %s',
    async (kept) => {
      localStorage.setItem('elite-chat.alerted', kept);
      expect(await tab().claim(chat, 1)).toBe(true);
    },
  );

  it('alerts for nobody who is signed out', async () => {
    user.set(null);
    expect(await tab().claim(chat, 1)).toBe(false);
  });
});
