import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { LanguageStore } from './language.store';
import { injectTranslate } from './translate';

@Component({
  selector: 'chat-words',
  template: `<p>{{ t('widget.open') }}</p>
    <p>{{ t('message.failed', { reason }) }}</p>
    <p>{{ t.count('unread.messages', 1) }} {{ t.count('unread.messages', 1200) }}</p>`,
})
class Words {
  protected readonly t = injectTranslate();
  protected readonly reason = '<b>&';
}

describe('a text', () => {
  it('follows the language, its numbers and its plurals', async () => {
    const fixture = TestBed.createComponent(Words);
    const texts = async () => {
      await fixture.whenStable();
      const element: HTMLElement = fixture.nativeElement;
      return [...element.querySelectorAll('p')].map((line) => line.textContent);
    };
    expect(await texts()).toEqual(['Open chat', 'Not sent. <b>&', '1 unread message 1,200 unread messages']);
    await TestBed.inject(LanguageStore).choose('de');
    expect(await texts()).toEqual([
      'Chat öffnen',
      'Nicht gesendet. <b>&',
      '1 ungelesene Nachricht 1.200 ungelesene Nachrichten',
    ]);
    expect(document.documentElement.lang).toBe('de');
  });
});
