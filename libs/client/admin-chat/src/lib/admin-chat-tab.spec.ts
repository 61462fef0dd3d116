import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import {
  type ChatAct,
  ChatSocket,
  ChatStore,
  CustomerPresenceStore,
  InboxStore,
  InboxTyping,
  type LoadStatus,
  OverviewStore,
} from '@elite-chat/chat-data-access';
import { ChatRequestError, SessionStore } from '@elite-chat/session';

import type { ChatDto, InboxFilter, OverviewDto, Presence } from '@elite-chat/contracts';
import { adminChatRoutes } from './admin-chat.routes';
import { aChat } from '@elite-chat/testing';

import { AdminThread } from './admin-thread';

/** The surface of the store that a thread uses; what it does is the data-access library's to prove. */
class ChatStoreStandIn {
  readonly chat = signal<Pick<
    ChatDto,
    'user' | 'admin' | 'isActive' | 'createdAt' | 'lastMessageTime'
  > | null>(null);
  readonly messages = signal([]);
  readonly status = signal<LoadStatus>('ready');
  readonly error = signal(null);
  readonly typing = signal([]);
  readonly hasOlder = signal(false);
  readonly isLoadingOlder = signal(false);
  readonly olderError = signal(null);
  readonly hasNewer = signal(false);
  readonly isLoadingNewer = signal(false);
  readonly newerError = signal(null);
  readonly follow = jest.fn();
  readonly unreadCount = signal(0);
  readonly readSeq = signal({ user: 0, admin: 0 });
  readonly open = jest.fn();
  readonly isOutboxFull = signal(false);
  readonly isOutboxVolatile = signal(false);
  readonly send = jest.fn().mockResolvedValue(undefined);
  readonly notifyTyping = jest.fn();
  readonly stopTyping = jest.fn();
  readonly actUnderWay = signal<ChatAct | null>(null);
  readonly failedAct = signal<{ act: ChatAct; error: ChatRequestError } | null>(null);
  readonly assignToMe = jest.fn();
  readonly unassign = jest.fn();
  readonly closeChat = jest.fn();
  readonly reopenChat = jest.fn();
}

describe('AdminChatTab', () => {
  const inbox = {
    chats: signal<unknown[]>([]),
    status: signal<LoadStatus>('loading'),
    error: signal<unknown>(null),
    moreError: signal<unknown>(null),
    hasMore: signal(false),
    isLoadingMore: signal(false),
    start: jest.fn(),
    loadMore: jest.fn(),
    leaving: signal<ReadonlySet<string>>(new Set()),
    filter: signal<InboxFilter>('all'),
    show: jest.fn(),
  };
  const figures = signal<OverviewDto | null>(null);
  const customers = { presence: signal<ReadonlyMap<string, Presence>>(new Map()), watch: jest.fn() };
  let stores: ChatStoreStandIn[];
  let harness: RouterTestingHarness;

  const chatOf = (id: string, name: string) => ({
    id,
    user: { id: `customer of ${id}`, name, email: 'customer@example.com' },
    admin: null,
    isActive: true,
    lastMessage: 'Hello',
    lastMessageTime: new Date().toISOString(),
    unreadCount: { user: 0, admin: 1 },
  });

  beforeEach(async () => {
    stores = [];
    inbox.chats.set([]);
    inbox.status.set('loading');
    inbox.error.set(null);
    inbox.hasMore.set(false);
    inbox.leaving.set(new Set());
    figures.set(null);
    globalThis.matchMedia = jest.fn().mockReturnValue({ matches: true });
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ path: 'admin/messages', children: adminChatRoutes }], withComponentInputBinding()),
        { provide: InboxStore, useValue: inbox },
        { provide: OverviewStore, useValue: { figures } },
        { provide: InboxTyping, useValue: { chats: signal(new Set()), watch: jest.fn(), stop: jest.fn() } },
        { provide: CustomerPresenceStore, useValue: customers },
        { provide: SessionStore, useValue: { user: signal({ id: 'ada' }) } },
        { provide: ChatSocket, useValue: { state: signal('connected'), retryAt: signal(null) } },
      ],
    }).overrideComponent(AdminThread, {
      set: {
        providers: [
          {
            provide: ChatStore,
            useFactory: () => {
              const store = new ChatStoreStandIn();
              stores.push(store);
              return store;
            },
          },
        ],
      },
    });
    harness = await RouterTestingHarness.create();
  });

  const page = (): HTMLElement => harness.fixture.nativeElement;
  const field = () => page().querySelector('textarea') as HTMLTextAreaElement;

  async function go(url: string): Promise<void> {
    await harness.navigateByUrl(url);
    await harness.fixture.whenStable();
  }

  async function write(text: string): Promise<void> {
    field().value = text;
    field().dispatchEvent(new Event('input'));
    await harness.fixture.whenStable();
  }

  it('says that it loads, that nobody has written, or why it could not load', async () => {
    await go('/admin/messages');
    expect(page().textContent).toContain('Loading conversations');
    inbox.status.set('ready');
    await harness.fixture.whenStable();
    expect(page().textContent).toContain('Nobody has written yet');
    inbox.status.set('failed');
    inbox.error.set({ code: 'network' });
    await harness.fixture.whenStable();
    expect(page().textContent).toContain('The server can’t be reached');
    page().querySelector<HTMLButtonElement>('.again')?.click();
    expect(inbox.start).toHaveBeenCalled();
  });

  it('opens the chat that the address names', async () => {
    await go('/admin/messages/first');
    expect(stores[0]?.open).toHaveBeenCalledWith('first');
    expect(page().querySelector('.reading')).not.toBeNull();
  });

  it('keeps the list when another chat is opened, and the draft of each', async () => {
    inbox.chats.set([chatOf('first', 'Cora Lane'), chatOf('second', 'Ben Okafor')]);
    inbox.status.set('ready');
    await go('/admin/messages/first');
    const list = page().querySelector('chat-list');
    await write('For Cora');
    await go('/admin/messages/second');
    expect(page().querySelector('chat-list')).toBe(list);
    expect(stores[1]?.open).toHaveBeenCalledWith('second');
    expect(field().value).toBe('');
    await go('/admin/messages/first');
    expect(field().value).toBe('For Cora');
  });

  it('shows whether the customer of the open chat is there, and looks at nobody once it is left', async () => {
    await go('/admin/messages/first');
    stores[0]?.chat.set(aChat({ user: { id: 'cora', name: 'Cora Lane', email: '' } }));
    await harness.fixture.whenStable();
    expect(customers.watch).toHaveBeenLastCalledWith('thread', ['cora']);
    const said = () => page().querySelector('.head chat-presence-mark')?.textContent?.trim();
    expect(said()).toBeUndefined();
    customers.presence.set(new Map([['cora', 'idle']]));
    await harness.fixture.whenStable();
    expect(said()).toBe('Away');
    await go('/admin/messages');
    expect(customers.watch).toHaveBeenCalledWith('thread', []);
  });

  it('sends to the open chat only', async () => {
    await go('/admin/messages/first');
    await go('/admin/messages/second');
    await write('Hello Ben');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    expect(stores.map((store) => store.send.mock.calls)).toEqual([[], [['Hello Ben']]]);
  });

  it('loads more conversations as the reader comes near the end, and asks before another try', async () => {
    inbox.status.set('ready');
    inbox.chats.set([chatOf('first', 'Cora Lane')]);
    inbox.hasMore.set(true);
    await go('/admin/messages');
    expect(inbox.loadMore).toHaveBeenCalled();
    inbox.loadMore.mockClear();
    inbox.moreError.set({ code: 'network' });
    await harness.fixture.whenStable();
    expect(inbox.loadMore).not.toHaveBeenCalled();
    page().querySelector<HTMLButtonElement>('.again')?.click();
    expect(inbox.loadMore).toHaveBeenCalledTimes(1);
  });

  it('lists what the address asks for, and all where it asks for what there is not', async () => {
    await go('/admin/messages?show=waiting');
    expect(inbox.show).toHaveBeenLastCalledWith('waiting');
    expect(page().querySelector('.filter.active')?.textContent).toBe('Waiting');
    await go('/admin/messages/first?show=nonsense');
    expect(inbox.show).toHaveBeenLastCalledWith('all');
  });

  it('has a tab for one’s own chats, for nobody’s and for all, each with how many are open', async () => {
    figures.set({
      mine: 4,
      unassigned: 2,
      open: 12,
      waiting: 0,
      unread: 0,
      customersOnline: 0,
      messagesToday: 0,
    });
    await go('/admin/messages?show=mine');
    const tabs = [...page().querySelectorAll<HTMLAnchorElement>('.tab')];
    expect(tabs.map((tab) => [tab.querySelector('.count')?.textContent, tab.getAttribute('href')])).toEqual([
      ['4', '/admin/messages?show=mine'],
      ['2', '/admin/messages?show=unassigned'],
      ['12', '/admin/messages'],
    ]);
    expect(tabs.map((tab) => tab.getAttribute('aria-current'))).toEqual(['true', null, null]);
    expect(tabs[0]?.textContent).toContain('4 open');
  });

  it('says that nothing is left, once every row is leaving', async () => {
    inbox.status.set('ready');
    inbox.filter.set('mine');
    inbox.chats.set([chatOf('first', 'Cora Lane')]);
    inbox.leaving.set(new Set(['first']));
    await go('/admin/messages?show=mine');
    expect(page().textContent).toContain('No open conversation is assigned to you.');
    inbox.filter.set('all');
  });

  describe('the open chat', () => {
    const status = () => page().querySelector('.status') as HTMLButtonElement;
    const show = async (chat: Partial<ChatDto>) => {
      await go('/admin/messages/first');
      stores[0]?.chat.set(aChat(chat));
      await harness.fixture.whenStable();
    };

    it('is closed and reopened by one button, which says what it does', async () => {
      await show({ isActive: true });
      expect(status().getAttribute('aria-label')).toBe('Close conversation');
      status().click();
      expect(stores[0]?.closeChat).toHaveBeenCalledTimes(1);
      expect(page().querySelector('chat-closed-note')).toBeNull();
      await show({ isActive: false });
      expect(status().getAttribute('aria-label')).toBe('Reopen conversation');
      status().click();
      expect(stores[0]?.reopenChat).toHaveBeenCalledTimes(1);
      expect(page().querySelector('.head .closed')?.textContent).toBe('Closed');
      expect(page().querySelector('chat-closed-note')?.textContent).toContain('A message opens it again.');
    });

    it('that can’t be reopened says why, and leads to the one that is open', async () => {
      await show({ isActive: false });
      const error = new ChatRequestError('chat_closed', '', [{ field: 'chatId', message: 'other' }]);
      stores[0]?.failedAct.set({ act: 'reopen', error });
      await harness.fixture.whenStable();
      const alert = () => page().querySelector('.main > [role=alert]');
      expect(alert()?.textContent).toContain('Not reopened. The customer has begun another conversation');
      expect(alert()?.querySelector('a')?.getAttribute('href')).toBe('/admin/messages/other');
      await show({ isActive: true });
      expect(alert()?.textContent?.trim()).toBe('');
    });
  });
});
