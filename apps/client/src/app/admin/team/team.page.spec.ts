import { OverlayContainer } from '@angular/cdk/overlay';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatDialog } from '@angular/material/dialog';
import { AuditStore, ChatSocket, type LoadStatus, TeamStore } from '@elite-chat/chat-data-access';
import type { AuditEntryDto, TeamMemberDto } from '@elite-chat/contracts';
import { ChatRequestError, SessionStore } from '@elite-chat/session';
import { aMember, anAdmin, anAuditEntry } from '@elite-chat/testing';
import { firstValueFrom } from 'rxjs';

import { TeamPage } from './team.page';

const ADA = aMember();
const BO = aMember({ id: 'bo', name: 'Bo Lind', email: 'bo@example.com', presence: 'gone' });
const HANNA = aMember({ id: 'hanna', name: 'Hanna Host', isHostUser: true, canSignIn: false });

describe('TeamPage', () => {
  const team = {
    members: signal<readonly TeamMemberDto[]>([]),
    status: signal<LoadStatus>('ready'),
    error: signal<unknown>(null),
    hasMore: signal(false),
    isLoadingMore: signal(false),
    start: jest.fn(),
    stop: jest.fn(),
    loadMore: jest.fn(),
    create: jest.fn(),
    disable: jest.fn(),
    enable: jest.fn(),
    resetPassword: jest.fn(),
  };
  const audit = {
    entries: signal<readonly AuditEntryDto[]>([]),
    status: signal<LoadStatus>('ready'),
    error: signal<unknown>(null),
    hasMore: signal(false),
    isLoadingMore: signal(false),
    moreError: signal<unknown>(null),
    start: jest.fn(),
    stop: jest.fn(),
    loadMore: jest.fn(),
  };

  beforeEach(() => {
    for (const act of [team.create, team.disable, team.enable, team.resetPassword]) {
      act.mockReset().mockResolvedValue(undefined);
    }
    team.start.mockReset();
    team.members.set([ADA, BO, HANNA]);
    team.status.set('ready');
    team.error.set(null);
    audit.entries.set([]);
    audit.hasMore.set(false);
  });

  async function show() {
    TestBed.configureTestingModule({
      providers: [
        { provide: TeamStore, useValue: team },
        { provide: AuditStore, useValue: audit },
        { provide: ChatSocket, useValue: { state: signal('connected'), retryAt: signal(null) } },
        { provide: SessionStore, useValue: { user: signal(anAdmin()) } },
      ],
    });
    const fixture = TestBed.createComponent(TeamPage);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    document.body.append(element);
    const overlay = TestBed.inject(OverlayContainer).getContainerElement();
    const press = async (within: HTMLElement, words: string | RegExp) => {
      const button = [...within.querySelectorAll('button')].find((one) =>
        (one.getAttribute('aria-label') ?? one.textContent.trim()).match(words),
      );
      if (!button) throw new Error(`There is no button ${words}.`);
      button.click();
      await fixture.whenStable();
      return button;
    };
    const isClosed = async () => {
      await firstValueFrom(TestBed.inject(MatDialog).afterAllClosed);
      await fixture.whenStable();
    };
    return { fixture, element, overlay, press, isClosed };
  }

  const rowsOf = (element: HTMLElement) =>
    [...element.querySelectorAll('chat-team-member')].map((row) =>
      row.textContent.replace(/\s+/gu, ' ').trim(),
    );
  const actsOf = (overlay: HTMLElement) =>
    [...overlay.querySelectorAll('[mat-menu-item]')].map((item) => item.textContent.trim());

  it('shows who is in the team, and how each stands', async () => {
    team.members.set([ADA, { ...BO, isDisabled: true, canSignIn: false }, HANNA]);
    const { element } = await show();
    const [ada, bo, hanna] = rowsOf(element);
    expect(ada).toMatch(/Ada Moss.*You.*ada@example.com.*Online/);
    expect(bo).toMatch(/Bo Lind.*Disabled.*bo@example.com/);
    expect(bo).not.toContain('Offline');
    expect(hanna).toContain('Host application, not admitted');
  });

  it.each([
    ['oneself', 'Ada Moss', ['Disable…']],
    ['a colleague', 'Bo Lind', ['Reset password…', 'Disable…']],
    ['an admin of the host application', 'Hanna Host', ['Disable…']],
  ])('offers what can be done to %s', async (_who, name, acts) => {
    const { overlay, element, press } = await show();
    await press(element, `Actions for ${name}`);
    expect(actsOf(overlay)).toEqual(acts);
  });

  it('says what disabling does before it is done', async () => {
    const { overlay, element, press, isClosed } = await show();
    await press(element, 'Actions for Bo Lind');
    await press(overlay, 'Disable…');
    expect(overlay.textContent).toContain('Disable Bo Lind?');
    expect(overlay.textContent).toContain('All their sessions end at once');
    expect(team.disable).not.toHaveBeenCalled();
    await press(overlay, /^Disable$/);
    expect(team.disable).toHaveBeenCalledWith('bo');
    await isClosed();
    expect(overlay.textContent).toContain('Bo Lind is disabled.');
  });

  it('says in the dialog why the last admin can not be disabled, and stays', async () => {
    team.disable.mockRejectedValue(
      new ChatRequestError('validation_failed', 'x', [{ field: 'adminId', message: 'the last' }]),
    );
    const { overlay, element, press } = await show();
    await press(element, 'Actions for Ada Moss');
    await press(overlay, 'Disable…');
    expect(overlay.textContent).toContain('Disable your own account?');
    await press(overlay, /^Disable$/);
    expect(overlay.querySelector('[role=alert]')?.textContent).toContain('Nobody else could sign in');
  });

  it('makes an admin of what is filled in, and says at a field what is refused', async () => {
    team.create.mockRejectedValueOnce(
      new ChatRequestError('email_taken', 'x', [{ field: 'email', message: 'taken' }]),
    );
    const { overlay, element, press, isClosed } = await show();
    await press(element, 'Add admin');
    await press(overlay, 'Add admin');
    expect(overlay.textContent).toContain('Please fill in the name.');
    const values = ['Dee Deep', 'dee@example.com', 'correct-horse'];
    overlay.querySelectorAll('input').forEach((field, index) => {
      field.value = values[index] ?? '';
      field.dispatchEvent(new Event('input'));
    });
    await press(overlay, 'Add admin');
    expect(overlay.querySelector('mat-error')?.textContent).toContain('Use another address.');
    overlay.querySelectorAll('input')[1]?.dispatchEvent(new Event('input'));
    await press(overlay, 'Add admin');
    await isClosed();
    expect(team.create).toHaveBeenLastCalledWith({
      name: 'Dee Deep',
      email: 'dee@example.com',
      password: 'correct-horse',
    });
    expect(overlay.textContent).toContain('Dee Deep is an admin now.');
  });

  it('gives a colleague the password that is filled in', async () => {
    const { overlay, element, press } = await show();
    await press(element, 'Actions for Bo Lind');
    await press(overlay, 'Reset password…');
    const field = overlay.querySelector('input');
    if (!field) throw new Error('There is no field.');
    field.value = 'another-password';
    field.dispatchEvent(new Event('input'));
    await press(overlay, /^Reset password$/);
    expect(team.resetPassword).toHaveBeenCalledWith('bo', 'another-password');
  });

  it('says that the team is loading, or why it could not be had, with a way on', async () => {
    team.members.set([]);
    team.status.set('loading');
    const { fixture, element, press } = await show();
    expect(element.querySelector('chat-list-skeleton')?.textContent).toContain('Loading the team');
    team.status.set('failed');
    team.error.set({ code: 'network' });
    await fixture.whenStable();
    expect(element.textContent).toContain('The server can’t be reached');
    await press(element, 'Try again');
    expect(team.start).toHaveBeenCalledTimes(2);
  });

  it('tells what was done in words, and has a way to older entries', async () => {
    const bo = { id: 'bo', name: 'Bo Lind' };
    audit.entries.set([
      anAuditEntry({ seq: 5, action: 'admin_disabled', actor: bo, subject: bo }),
      anAuditEntry({ seq: 4, action: 'admin_password_reset' }),
      anAuditEntry({ seq: 3, action: 'admin_enabled' }),
      anAuditEntry({ seq: 2, action: 'admin_disabled' }),
    ]);
    audit.hasMore.set(true);
    const { element, press } = await show();
    expect([...element.querySelectorAll('ol .text')].map((text) => text.textContent)).toEqual([
      'Bo Lind disabled their own account.',
      'Ada Moss reset the password of Bo Lind.',
      'Ada Moss enabled Bo Lind.',
      'Ada Moss disabled Bo Lind.',
    ]);
    await press(element, 'Show older entries');
    expect(audit.loadMore).toHaveBeenCalledTimes(1);
  });
});
