import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { ChatStore, DraftStore, type LoadStatus } from '@elite-chat/chat-data-access';
import type { ChatDto, ChatSide, SideNumbersDto } from '@elite-chat/contracts';
import { ChatRequestError, SessionStore } from '@elite-chat/session';
import { aChat } from '@elite-chat/testing';

import { ChatThread } from './chat-thread';

/** The surface of the store that a thread uses; what it does is the data-access library's to prove. */
class ChatStoreStandIn {
  readonly chat = signal<ChatDto | null>(null);
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
  readonly readSeq = signal<SideNumbersDto>({ user: 0, admin: 0 });
  readonly open = jest.fn();
  readonly openOwn = jest.fn();
  readonly isOutboxFull = signal(false);
  readonly isOutboxVolatile = signal(false);
  readonly send = jest.fn().mockResolvedValue(undefined);
  readonly notifyTyping = jest.fn();
  readonly stopTyping = jest.fn();
  readonly markRead = jest.fn();
}

describe('ChatThread', () => {
  let store: ChatStoreStandIn;
  let fixture: ComponentFixture<ChatThread>;

  beforeEach(() => {
    store = new ChatStoreStandIn();
    localStorage.clear();
    TestBed.configureTestingModule({
      providers: [
        { provide: ChatStore, useValue: store },
        { provide: SessionStore, useValue: { user: signal({ id: 'ada' }) } },
      ],
    });
  });

  async function show(side: ChatSide, chatId: string | null): Promise<void> {
    fixture = TestBed.createComponent(ChatThread);
    fixture.componentRef.setInput('side', side);
    fixture.componentRef.setInput('chatId', chatId);
    fixture.componentRef.setInput('emptyHeading', 'Nothing yet');
    await fixture.whenStable();
  }

  /** The chat is loaded with something unread, and its end is in view. */
  async function beSeen(admin: ChatDto['admin']): Promise<void> {
    store.chat.set(aChat({ admin }));
    store.unreadCount.set(2);
    store.status.set('ready');
    fixture.debugElement
      .query((element) => element.name === 'chat-conversation')
      .triggerEventHandler('atEndChange', true);
    await fixture.whenStable();
  }

  const field = (): HTMLTextAreaElement => fixture.nativeElement.querySelector('textarea');

  async function write(text: string): Promise<void> {
    field().value = text;
    field().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }

  it('opens the chat that it is given, or the customer’s own', async () => {
    await show('admin', 'first');
    expect(store.open).toHaveBeenCalledWith('first');
    fixture.componentRef.setInput('chatId', null);
    await fixture.whenStable();
    expect(store.openOwn).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['user', { id: 'bo', name: 'Bo Lind' }, true],
    ['admin', null, true],
    ['admin', { id: 'ada', name: 'Ada Moss' }, true],
    ['admin', { id: 'bo', name: 'Bo Lind' }, false],
  ] as const)('marks what is seen as read by the %s when %j answers: %p', async (side, admin, isMarked) => {
    await show(side, 'first');
    await beSeen(admin);
    expect(store.markRead.mock.calls.length > 0).toBe(isMarked);
  });

  it('marks it read as soon as the reader takes the chat over', async () => {
    await show('admin', 'first');
    await beSeen({ id: 'bo', name: 'Bo Lind' });
    store.chat.set(aChat({ admin: { id: 'ada', name: 'Ada Moss' } }));
    await fixture.whenStable();
    expect(store.markRead).toHaveBeenCalledTimes(1);
  });

  it('keeps a draft for each chat, and none of what was sent', async () => {
    await show('admin', 'first');
    await write('For the first');
    fixture.componentRef.setInput('chatId', 'second');
    await fixture.whenStable();
    expect(field().value).toBe('');
    fixture.componentRef.setInput('chatId', 'first');
    store.status.set('ready');
    await fixture.whenStable();
    expect(field().value).toBe('For the first');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await fixture.whenStable();
    expect(store.send).toHaveBeenCalledWith('For the first');
    expect(TestBed.inject(DraftStore).of('first')).toBe('');
  });

  it('keeps what was sent as a draft until it is safe, and then what was written meanwhile', async () => {
    const safe = Promise.withResolvers<undefined>();
    store.send.mockReturnValue(safe.promise);
    await show('admin', 'first');
    store.status.set('ready');
    await write('Not safe yet');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await fixture.whenStable();
    const drafts = TestBed.inject(DraftStore);
    expect([field().value, drafts.of('first')]).toEqual(['', 'Not safe yet']);
    await write('The next');
    safe.resolve(undefined);
    await fixture.whenStable();
    expect([field().value, drafts.of('first')]).toEqual(['The next', 'The next']);
  });

  it('puts a text that is not taken back into its field, and says why', async () => {
    store.send.mockRejectedValue(new ChatRequestError('payload_too_large', 'too long'));
    await show('admin', 'first');
    store.status.set('ready');
    await write('Far too long');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await fixture.whenStable();
    expect([field().value, TestBed.inject(DraftStore).of('first')]).toEqual(['Far too long', 'Far too long']);
    expect(fixture.nativeElement.textContent).toContain('That is too long to be sent.');
    await write('Short');
    expect(fixture.nativeElement.textContent).not.toContain('That is too long to be sent.');
  });

  it('leaves a text in its field while no more can wait, and sends it when there is room', async () => {
    await show('admin', 'first');
    store.status.set('ready');
    store.isOutboxFull.set(true);
    await write('One too many');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await fixture.whenStable();
    expect([field().value, store.send.mock.calls.length]).toEqual(['One too many', 0]);
    expect(fixture.nativeElement.textContent).toContain('Too many messages wait to be sent.');
    store.isOutboxFull.set(false);
    await fixture.whenStable();
    expect([field().value, store.send.mock.calls]).toEqual(['', [['One too many']]]);
  });

  it('never sends in one chat what was to be sent in another', async () => {
    TestBed.inject(DraftStore).keep('older', 'Half a thou');
    await show('user', null);
    await write('Hi');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    fixture.componentRef.setInput('chatId', 'older');
    await fixture.whenStable();
    store.status.set('ready');
    await fixture.whenStable();
    expect(store.send).not.toHaveBeenCalled();
  });
});
