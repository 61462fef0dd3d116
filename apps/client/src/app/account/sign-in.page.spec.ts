import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { ChatRequestError, SessionStore } from '@elite-chat/session';

import { SignInPage } from './sign-in.page';

@Component({ template: '' })
class Page {}

describe('SignInPage', () => {
  let harness: RouterTestingHarness;
  const session = { user: signal(null), hasEnded: signal(false), signIn: jest.fn() };

  beforeEach(async () => {
    session.signIn.mockReset().mockResolvedValue({ role: 'user' });
    session.hasEnded.set(false);
    TestBed.configureTestingModule({
      providers: [
        { provide: SessionStore, useValue: session },
        provideRouter(
          [
            { path: 'sign-in', component: SignInPage },
            { path: '**', component: Page },
          ],
          withComponentInputBinding(),
        ),
      ],
    });
    harness = await RouterTestingHarness.create();
    await harness.navigateByUrl('/sign-in');
  });

  const page = (): HTMLElement => harness.fixture.nativeElement;

  async function submit(email: string, password: string): Promise<void> {
    const [emailField, passwordField] = page().querySelectorAll('input');
    for (const [field, value] of [
      [emailField, email],
      [passwordField, password],
    ] as const) {
      if (!field) throw new Error('The form has two fields.');
      field.value = value;
      field.dispatchEvent(new Event('input'));
    }
    page().querySelector('form')?.dispatchEvent(new Event('submit'));
    await harness.fixture.whenStable();
  }

  it('signs in and goes to the page of the role', async () => {
    await submit('cora@example.com', 'a long password');
    expect(session.signIn).toHaveBeenCalledWith({ email: 'cora@example.com', password: 'a long password' });
    expect(TestBed.inject(Router).url).toBe('/dashboard');
  });

  it('goes back to the page that was asked for', async () => {
    await harness.navigateByUrl('/sign-in?returnTo=%2Fdashboard%3Fa%3D1');
    await submit('cora@example.com', 'a long password');
    expect(TestBed.inject(Router).url).toBe('/dashboard?a=1');
  });

  it('says what is missing, goes there, and asks the server nothing', async () => {
    document.body.append(page());
    await submit('not an address', '');
    expect(page().textContent).toContain('That is not an email address.');
    expect(page().textContent).toContain('Please fill in your password.');
    expect(document.activeElement).toBe(page().querySelector('input[type=email]'));
    expect(session.signIn).not.toHaveBeenCalled();
  });

  it('says what the server refused, and lets try again', async () => {
    session.signIn.mockRejectedValueOnce(new ChatRequestError('invalid_credentials', 'x'));
    await submit('cora@example.com', 'a wrong password');
    expect(page().querySelector('[role=alert]')?.textContent).toBe('Email address or password is wrong.');
    await submit('cora@example.com', 'a long password');
    expect(TestBed.inject(Router).url).toBe('/dashboard');
  });

  it('says below the field what the server does not accept, in words for people', async () => {
    session.signIn.mockRejectedValueOnce(
      new ChatRequestError('validation_failed', 'x', [
        { field: 'email', message: 'email is not known here' },
      ]),
    );
    await submit('cora@example.com', 'a long password');
    expect(page().querySelector('mat-error')?.textContent).toContain('did not accept this');
    expect(page().querySelector('[role=alert]')?.textContent).toBe('');
  });

  it('explains that a session has ended', async () => {
    session.hasEnded.set(true);
    await harness.fixture.whenStable();
    expect(page().textContent).toContain('Your session has ended');
  });
});
