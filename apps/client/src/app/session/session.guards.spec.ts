import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { SessionStore } from '@elite-chat/session';
import type { UserRole } from '@elite-chat/contracts';

import { redirectHome, requireRole, requireSignedOut } from './session.guards';

@Component({ template: '' })
class Page {}

describe('session guards', () => {
  const user = signal<{ role: UserRole } | null>(null);
  const isSignedIn = signal(false);

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        { provide: SessionStore, useValue: { user, isSignedIn } },
        provideRouter([
          { path: '', pathMatch: 'full', redirectTo: redirectHome },
          { path: 'sign-in', canActivate: [requireSignedOut], component: Page },
          { path: 'dashboard', canActivate: [requireRole('user')], component: Page },
          { path: 'admin', canActivate: [requireRole('admin')], children: [{ path: '**', component: Page }] },
        ]),
      ],
    });
  });

  async function arriveFrom(url: string): Promise<string> {
    await (await RouterTestingHarness.create()).navigateByUrl(url);
    return TestBed.inject(Router).url;
  }

  function signIn(role: UserRole | null, signedIn = role !== null): void {
    user.set(role ? { role } : null);
    isSignedIn.set(signedIn);
  }

  it.each([
    ['nobody', null, '/', '/sign-in'],
    ['nobody', null, '/dashboard', '/sign-in?returnTo=%2Fdashboard'],
    ['nobody', null, '/admin/messages/1', '/sign-in?returnTo=%2Fadmin%2Fmessages%2F1'],
    ['a customer', 'user', '/', '/dashboard'],
    ['a customer', 'user', '/sign-in', '/dashboard'],
    ['a customer', 'user', '/admin/messages', '/dashboard'],
    ['an admin', 'admin', '/', '/admin/messages'],
    ['an admin', 'admin', '/dashboard', '/admin/messages'],
    ['an admin', 'admin', '/admin/messages/1', '/admin/messages/1'],
  ] as const)('lead %s (%s) from %s to %s', async (_who, role, from, to) => {
    signIn(role);
    expect(await arriveFrom(from)).toBe(to);
  });

  it('lead somebody whose session has ended to sign in again', async () => {
    signIn('user', false);
    expect(await arriveFrom('/dashboard')).toBe('/sign-in?returnTo=%2Fdashboard');
  });
});
