import { computed, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import {
  ChatSocket,
  ChatStore,
  CustomerChatsStore,
  type LoadStatus,
  SupportPresenceStore,
} from '@elite-chat/chat-data-access';
import { ChatRequestError, SessionStore } from '@elite-chat/session';

import type { ChatDto } from '@elite-chat/contracts';

import { ChatPanel } from './chat-panel';
import { ChatWidget } from './chat-widget';

/** The surface of the store that the panel uses; what it does is the data-access library's to prove. */
class ChatStoreStandIn {
  readonly chat = signal<{
    id: string;
    isActive: boolean;
    admin: { name: string } | null;
    lastMessage?: string | null;
  } | null>(null);
  readonly messages = signal([]);
  readonly status = signal<LoadStatus>('loading');
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
  readonly openOwn = jest.fn();
  readonly open = jest.fn();
  readonly isOutboxFull = signal(false);
  readonly isOutboxVolatile = signal(false);
  readonly send = jest.fn().mockResolvedValue(undefined);
  readonly notifyTyping = jest.fn();
  readonly stopTyping = jest.fn();
  readonly markRead = jest.fn();
  readonly failedAct = signal<{ error: ChatRequestError } | null>(null);
  readonly closeChat = jest.fn();
}

describe('ChatWidget', () => {
  let fixture: ComponentFixture<ChatWidget>;
  let element: HTMLElement;
  let store: ChatStoreStandIn;
  let isSmall: boolean;
  const unreadCount = signal(0);
  const isSupportOnline = signal<boolean | null>(null);
  const connection = signal('connected');
  const currentChat = signal<Pick<
    ChatDto,
    'id' | 'isActive' | 'lastSeq' | 'lastMessage' | 'lastSender'
  > | null>(null);
  const activeChat = computed(() => (currentChat()?.isActive ? currentChat() : null));

  beforeEach(async () => {
    store = new ChatStoreStandIn();
    unreadCount.set(0);
    isSupportOnline.set(null);
    connection.set('connected');
    currentChat.set(null);
    localStorage.clear();
    isSmall = false;
    globalThis.matchMedia = jest.fn().mockImplementation((query: string) => ({
      matches: query.includes('pointer') || isSmall,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }));
    TestBed.configureTestingModule({
      providers: [
        {
          provide: CustomerChatsStore,
          useValue: { unreadCount, activeChat, currentChat, learnOf: jest.fn() },
        },
        { provide: SessionStore, useValue: { user: signal({ id: 'customer' }) } },
        { provide: ChatSocket, useValue: { state: connection, retryAt: signal(null) } },
        { provide: SupportPresenceStore, useValue: { isOnline: isSupportOnline } },
      ],
    }).overrideComponent(ChatPanel, {
      set: { providers: [{ provide: ChatStore, useFactory: () => store }] },
    });
    fixture = TestBed.createComponent(ChatWidget);
    element = fixture.nativeElement;
    document.body.append(element);
    await fixture.whenStable();
  });

  const launcher = () => element.querySelector('.launcher') as HTMLButtonElement;
  const panel = () => element.querySelector('[role=dialog]');
  const field = () => element.querySelector('textarea') as HTMLTextAreaElement;

  async function toggle(): Promise<void> {
    launcher().click();
    await fixture.whenStable();
  }

  async function write(text: string): Promise<void> {
    field().value = text;
    field().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }

  it.each([
    [true, 'true', 2],
    [false, null, 0],
  ])('holds the keyboard while it covers the page: %p', async (small, modal, stops) => {
    isSmall = small;
    await toggle();
    expect(panel()?.getAttribute('aria-modal')).toBe(modal);
    const anchors = [...element.querySelectorAll<HTMLElement>('.cdk-focus-trap-anchor')];
    expect(anchors.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(stops);
  });

  it('says whether somebody is there, but not while that can’t be known', async () => {
    await toggle();
    const said = async () => {
      await fixture.whenStable();
      return panel()?.querySelector('.titles p')?.textContent?.trim();
    };
    expect(await said()).toBe('Write to us; we answer here.');
    isSupportOnline.set(true);
    expect(await said()).toBe('We are online');
    isSupportOnline.set(false);
    expect(await said()).toBe('We are away. Write to us; we answer here.');
    connection.set('waiting');
    expect(await said()).toBe('Write to us; we answer here.');
    connection.set('connected');
    store.chat.set({ id: 'closed', isActive: false, admin: null });
    expect(await said()).toBe('This conversation is closed.');
  });

  it('opens and closes with the launcher, which says what it does', async () => {
    expect([launcher().getAttribute('aria-label'), launcher().getAttribute('aria-expanded')]).toEqual([
      'Open chat',
      'false',
    ]);
    await toggle();
    expect(panel()).not.toBeNull();
    expect([launcher().getAttribute('aria-label'), launcher().getAttribute('aria-expanded')]).toEqual([
      'Close chat',
      'true',
    ]);
    await toggle();
    expect(panel()).toBeNull();
  });

  it('says how many messages wait, while it is closed', async () => {
    unreadCount.set(3);
    await fixture.whenStable();
    const description = () => document.getElementById(launcher().getAttribute('aria-describedby') ?? '');
    expect(description()?.textContent).toContain('3 unread messages');
    await toggle();
    expect(description()?.textContent?.trim()).toBe('');
  });

  it('opens the customer’s active chat with the cursor in the field', async () => {
    await toggle();
    expect(store.openOwn).toHaveBeenCalledTimes(1);
    expect(document.activeElement).toBe(field());
  });

  it('opens the chat it is told to', async () => {
    fixture.componentRef.setInput('chatId', 'closed-chat');
    await toggle();
    expect(store.open).toHaveBeenCalledWith('closed-chat');
    expect(store.openOwn).not.toHaveBeenCalled();
  });

  it('closes with Escape and gives the focus back to the launcher', async () => {
    await toggle();
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await fixture.whenStable();
    expect(panel()).toBeNull();
    expect(document.activeElement).toBe(launcher());
  });

  it('keeps what was written while the panel is closed', async () => {
    await toggle();
    await write('Half a thou');
    await toggle();
    await toggle();
    expect(field().value).toBe('Half a thou');
  });

  describe('the preview of a new message', () => {
    const preview = () => element.querySelector('chat-message-preview');
    const arrive = async (lastSeq: number, role: 'user' | 'admin' = 'admin') => {
      currentChat.set({
        id: 'chat',
        isActive: true,
        lastSeq,
        lastMessage: 'On their way',
        lastSender: { id: 'x', name: 'Ada Moss', role },
      });
      unreadCount.set(1);
      await fixture.whenStable();
    };
    const press = async (label: string) => {
      preview()?.querySelector<HTMLButtonElement>(`[aria-label^="${label}"]`)?.click();
      await fixture.whenStable();
    };

    it('says who has written what, and opens the conversation', async () => {
      await arrive(4);
      expect(preview()?.textContent).toContain('Ada Moss');
      expect(preview()?.textContent).toContain('On their way');
      await press('Open the message');
      expect(panel()).not.toBeNull();
      expect(preview()).toBeNull();
    });

    it('stays away once dismissed, until the next message', async () => {
      await arrive(4);
      await press('Dismiss');
      expect(preview()).toBeNull();
      expect(document.activeElement).toBe(launcher());
      await arrive(5);
      expect(preview()).not.toBeNull();
    });

    it('shows nothing of one’s own, nothing read, and nothing beside the open panel', async () => {
      await arrive(4, 'user');
      expect(preview()).toBeNull();
      await arrive(5);
      unreadCount.set(0);
      await fixture.whenStable();
      expect(preview()).toBeNull();
      await toggle();
      await arrive(6);
      expect(preview()).toBeNull();
    });
  });

  it('sends through the store, and says that somebody writes', async () => {
    store.chat.set({ id: 'chat', isActive: true, admin: null });
    store.status.set('ready');
    await toggle();
    await write('Hello');
    expect(store.notifyTyping).toHaveBeenCalled();
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    expect(store.send).toHaveBeenCalledWith('Hello');
  });

  it('names who answers', async () => {
    await toggle();
    expect(element.querySelector('h2')?.textContent).toBe('Support');
    store.chat.set({ id: 'chat', isActive: true, admin: { name: 'Ada Moss' } });
    await fixture.whenStable();
    expect(element.querySelector('h2')?.textContent).toBe('Ada Moss');
  });

  describe('a closed conversation', () => {
    const closed = {
      id: 'closed',
      isActive: false,
      admin: null,
      lastSeq: 3,
      lastMessage: 'Done',
      lastSender: null,
    };
    const note = () => panel()?.querySelector('chat-closed-note');
    const press = async (words: string) => {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>('button')];
      buttons.find(({ textContent }) => textContent.trim() === words)?.click();
      await fixture.whenStable();
    };
    const open = async () => {
      currentChat.set(closed);
      store.status.set('ready');
      await toggle();
      store.chat.set(closed);
      await fixture.whenStable();
    };

    it('is what the panel opens with, before a new one is begun', async () => {
      await open();
      expect(store.open).toHaveBeenCalledWith('closed');
      expect(store.openOwn).not.toHaveBeenCalled();
      expect(note()?.textContent).toContain('You can write on here');
    });

    it('can be written on in', async () => {
      await open();
      launcher().focus();
      await press('Write on');
      expect(document.activeElement).toBe(field());
    });

    it('is followed by a new one where the customer wants that, with the cursor in the field', async () => {
      let wanted = 0;
      fixture.componentInstance.activeWanted.subscribe(() => wanted++);
      await open();
      await press('Start a new conversation');
      expect(store.openOwn).toHaveBeenCalledTimes(1);
      expect(wanted).toBe(1);
      expect(document.activeElement).toBe(field());
    });

    it('is followed by a new one also where it was closed while it was shown', async () => {
      await toggle();
      store.chat.set(closed);
      await fixture.whenStable();
      store.openOwn.mockClear();
      await press('Start a new conversation');
      expect(store.openOwn).toHaveBeenCalledTimes(1);
    });

    it('leads to the one that is open, where there is one', async () => {
      fixture.componentRef.setInput('chatId', 'closed');
      await open();
      currentChat.set({ ...closed, id: 'another', isActive: true });
      await fixture.whenStable();
      expect(note()?.textContent).toContain('another one of yours is open');
      expect(note()?.textContent).not.toContain('Write on');
      await press('Go to the open conversation');
      expect(store.openOwn).toHaveBeenCalledTimes(1);
    });

    it('can be made of an open one by its menu, once something was written', async () => {
      const menu = () => panel()?.querySelector<HTMLButtonElement>('[aria-label="More"]');
      await toggle();
      store.chat.set({ ...closed, isActive: true, lastMessage: null });
      await fixture.whenStable();
      expect(menu()).toBeNull();
      store.chat.set({ ...closed, isActive: true });
      await fixture.whenStable();
      menu()?.click();
      await fixture.whenStable();
      await press('End conversation');
      expect(store.closeChat).toHaveBeenCalledTimes(1);
      store.failedAct.set({ error: ChatRequestError.network() });
      await fixture.whenStable();
      expect(panel()?.querySelector('.failure')?.textContent).toMatch(/was not ended.*can’t be reached/);
    });
  });
});
