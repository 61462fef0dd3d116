import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { ChatSocket, type LoadStatus, OverviewStore } from '@elite-chat/chat-data-access';
import type { OverviewDto } from '@elite-chat/contracts';

import { OverviewPage } from './overview.page';

describe('OverviewPage', () => {
  const overview = {
    figures: signal<OverviewDto | null>(null),
    status: signal<LoadStatus>('loading'),
    error: signal<unknown>(null),
    start: jest.fn(),
  };

  async function show() {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: OverviewStore, useValue: overview },
        { provide: ChatSocket, useValue: { state: signal('connected'), retryAt: signal(null) } },
      ],
    });
    const fixture = TestBed.createComponent(OverviewPage);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    return { fixture, element };
  }

  it('shows each figure as a link to the part of the inbox that it counts', async () => {
    overview.figures.set({
      waiting: 3,
      unread: 4,
      open: 1_200,
      unassigned: 2,
      mine: 1,
      customersOnline: 5,
      messagesToday: 60,
    });
    overview.status.set('ready');
    const { element } = await show();
    const links = [...element.querySelectorAll('a')].map((link) => [
      link.querySelector('.value')?.textContent,
      link.getAttribute('href'),
    ]);
    expect(links).toEqual([
      ['3', '/admin/messages?show=waiting'],
      ['4', '/admin/messages?show=unread'],
      ['1,200', '/admin/messages?show=open'],
      ['5', '/admin/messages'],
      ['60', '/admin/messages'],
    ]);
  });

  it('says that they are being loaded, or why they could not be, with a way on', async () => {
    overview.figures.set(null);
    overview.status.set('loading');
    const { fixture, element } = await show();
    expect(element.querySelector('[role=status].chat-visually-hidden')).not.toBeNull();
    expect(element.textContent).toContain('Loading the figures');
    overview.status.set('failed');
    overview.error.set({ code: 'network' });
    await fixture.whenStable();
    expect(element.textContent).toContain('The server can’t be reached');
    element.querySelector<HTMLButtonElement>('.again')?.click();
    expect(overview.start).toHaveBeenCalledTimes(1);
  });
});
