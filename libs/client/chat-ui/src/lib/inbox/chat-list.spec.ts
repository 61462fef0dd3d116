import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { ChatDto } from '@elite-chat/contracts';

import { ChatList } from './chat-list';

const chat: ChatDto = {
  id: '665f1f77bcf86cd799439013',
  user: { id: 'customer', name: 'Cora Lane', email: 'cora@example.com' },
  admin: null,
  isActive: true,
  lastMessage: 'Where are my photos?',
  lastMessageTime: new Date().toISOString(),
  lastSender: { id: 'customer', name: 'Cora Lane', role: 'user' },
  unreadCount: { user: 0, admin: 12 },
  lastSeq: 12,
  readSeq: { user: 12, admin: 0 },
  epoch: 'epoch',
  createdAt: new Date().toISOString(),
  updatedAt: new Date().toISOString(),
};

describe('ChatList', () => {
  async function show(chats: ChatDto[], selectedId: string | null = null): Promise<HTMLElement> {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const fixture = TestBed.createComponent(ChatList);
    fixture.componentRef.setInput('chats', chats);
    fixture.componentRef.setInput('selectedId', selectedId);
    fixture.componentRef.setInput('readerId', 'ada');
    fixture.componentRef.setInput('linkPrefix', '/admin/messages');
    await fixture.whenStable();
    return fixture.nativeElement;
  }

  it('is a named list of links to the chats', async () => {
    const element = await show([chat]);
    expect(element.querySelector('[role=list]')?.getAttribute('aria-label')).toBe('Conversations');
    expect(element.querySelector('a')?.getAttribute('href')).toBe(`/admin/messages/${chat.id}`);
  });

  it('shows who has written what, when, and how much is unread', async () => {
    const text = (await show([chat])).querySelector('a')?.textContent ?? '';
    for (const part of ['Cora Lane', 'Where are my photos?', 'now', '9+', '12 unread messages']) {
      expect(text).toContain(part);
    }
  });

  it.each([
    [{}, 'Unassigned'],
    [{ admin: { id: 'ada', name: 'Ada Moss' } }, 'Yours'],
    [{ admin: { id: 'bo', name: 'Bo Lind' } }, 'Bo Lind'],
    [{ isActive: false, admin: { id: 'bo', name: 'Bo Lind' } }, 'Closed'],
  ])('says who answers: %j', async (changes, note) => {
    const element = await show([{ ...chat, ...changes }]);
    expect(element.querySelector('.note')?.textContent).toBe(note);
  });

  it.each([
    [{ id: 'ada', name: 'Ada Moss', role: 'admin' as const }, 'You: '],
    [{ id: 'bo', name: 'Bo Lind', role: 'admin' as const }, 'Bo Lind: '],
    [{ id: 'customer', name: 'Cora Lane', role: 'user' as const }, ''],
  ])('says who has written last, unless it is the customer: %j', async (lastSender, prefix) => {
    const element = await show([{ ...chat, lastSender }]);
    expect(element.querySelector('.preview')?.textContent).toBe(`${prefix}Where are my photos?`);
  });

  it('marks the open chat', async () => {
    const element = await show([chat, { ...chat, id: 'another' }], 'another');
    const current = [...element.querySelectorAll('a')].map((row) => row.getAttribute('aria-current'));
    expect(current).toEqual([null, 'true']);
  });

  it('lets a row that left the list go, but not while it is held', async () => {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const fixture = TestBed.createComponent(ChatList);
    const element: HTMLElement = fixture.nativeElement;
    const set = async (name: string, value: unknown) => {
      fixture.componentRef.setInput(name, value);
      await fixture.whenStable();
    };
    const links = () =>
      [...element.querySelectorAll('a')].map((row) => row.getAttribute('href')?.split('/').pop());
    fixture.componentRef.setInput('linkPrefix', '/admin/messages');
    await set('chats', [chat, { ...chat, id: 'second' }]);
    element.dispatchEvent(new Event('focusin'));
    await set('leaving', new Set([chat.id]));
    expect(links()).toEqual([chat.id, 'second']);
    element.dispatchEvent(new Event('focusout'));
    await fixture.whenStable();
    expect(links()).toEqual(['second']);
  });

  it('shows a closed chat as such', async () => {
    const element = await show([chat, { ...chat, id: 'second', isActive: false }]);
    const rows = [...element.querySelectorAll('chat-row')].map((row) => row.classList.contains('closed'));
    expect(rows).toEqual([false, true]);
  });
});
