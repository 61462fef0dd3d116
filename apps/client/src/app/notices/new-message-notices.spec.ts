import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';
import { NavigationEnd, Router } from '@angular/router';
import { ChatSocket } from '@elite-chat/chat-data-access';
import type { NewChatMessage } from '@elite-chat/contracts';
import { aChat, aMessage, anAnswer } from '@elite-chat/testing';
import { Subject } from 'rxjs';

import { ChatInView } from './chat-in-view';
import { MessageAlerts } from './message-alerts';
import { NewMessageNotices } from './new-message-notices';

describe('NewMessageNotices', () => {
  const newChatMessage$ = new Subject<NewChatMessage>();
  const alerts = { alert: jest.fn() };
  const router = { url: '/admin/overview', navigate: jest.fn(), events: new Subject<NavigationEnd>() };
  let lastSeq = 0;
  const chat = (id: string) => aMessage({ chat: id, seq: ++lastSeq, message: 'Where are\nmy photos?' });
  let shown: { text: string; action: string; acted: Subject<void>; dismissed: Subject<void> }[];

  const hear = (message = chat('one')) => newChatMessage$.next({ chat: aChat(), message });

  const goTo = (url: string) => {
    router.url = url;
    router.events.next(new NavigationEnd(1, url, url));
    TestBed.tick();
  };

  beforeEach(() => {
    shown = [];
    alerts.alert.mockClear();
    router.navigate.mockClear();
    router.url = '/admin/overview';
    jest.spyOn(document, 'hasFocus').mockReturnValue(true);
    const snackBar = {
      open: (text: string, action: string) => {
        const notice = { text, action, acted: new Subject<void>(), dismissed: new Subject<void>() };
        shown.push(notice);
        return {
          onAction: () => notice.acted,
          afterDismissed: () => notice.dismissed,
          dismiss: () => notice.dismissed.next(),
        };
      },
    };
    TestBed.configureTestingModule({
      providers: [
        NewMessageNotices,
        { provide: ChatSocket, useValue: { newChatMessage$, state: signal('connected') } },
        { provide: MatSnackBar, useValue: snackBar },
        { provide: Router, useValue: router },
        { provide: MessageAlerts, useValue: alerts },
        { provide: ChatInView, useValue: { follow: jest.fn() } },
      ],
    });
    TestBed.inject(NewMessageNotices);
  });

  it('tells of a customer’s message on one line, by sound too, and leads to the chat', () => {
    hear();
    expect(shown.map(({ text, action }) => [text, action])).toEqual([
      ['Cora Lane: Where are my photos?', 'Open'],
    ]);
    expect(alerts.alert.mock.calls).toEqual([[aChat(), lastSeq]]);
    shown[0]?.acted.next();
    expect(router.navigate).toHaveBeenCalledWith(['/admin/messages', 'one']);
  });

  it('tells once of a message that it hears of again, also when its chat was before the reader’s eyes', () => {
    const message = chat('one');
    hear(message);
    hear(message);
    expect([shown.length, alerts.alert.mock.calls.length]).toEqual([1, 1]);
    goTo('/admin/messages/one');
    const seen = chat('one');
    hear(seen);
    goTo('/admin/overview');
    hear(seen);
    expect(shown).toHaveLength(1);
  });

  it('says nothing of what admins write, nor of the chat before their eyes', () => {
    hear(anAnswer());
    goTo('/admin/messages/one?show=unread');
    hear();
    expect([shown.length, alerts.alert.mock.calls.length]).toEqual([0, 0]);
    jest.spyOn(document, 'hasFocus').mockReturnValue(false);
    window.dispatchEvent(new Event('blur'));
    hear();
    expect(shown).toHaveLength(1);
  });

  it('takes a notice away once its chat is opened, but not one of several chats', () => {
    hear();
    const dismissed = jest.fn();
    shown[0]?.dismissed.subscribe(dismissed);
    goTo('/admin/messages/two');
    expect(dismissed).not.toHaveBeenCalled();
    goTo('/admin/messages/one');
    expect(dismissed).toHaveBeenCalledTimes(1);
    goTo('/admin/overview');
    hear();
    hear(chat('two'));
    shown.at(-1)?.dismissed.subscribe(dismissed);
    goTo('/admin/messages/two');
    expect(dismissed).toHaveBeenCalledTimes(1);
  });

  it('counts what comes while a notice is shown, and leads to the inbox when it is of several chats', () => {
    hear();
    hear();
    hear(chat('two'));
    expect(shown.map(({ text }) => text).slice(1)).toEqual(['2 new messages', '3 new messages']);
    shown.at(-1)?.acted.next();
    expect(router.navigate).toHaveBeenCalledWith(['/admin/messages']);
    shown.at(-1)?.dismissed.next();
    hear();
    expect(shown.at(-1)?.text).toBe('Cora Lane: Where are my photos?');
  });
});
