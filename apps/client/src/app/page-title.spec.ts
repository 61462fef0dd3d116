import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, TitleStrategy } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { LanguageStore } from '@elite-chat/i18n';

import { PageTitle } from './page-title';

@Component({ template: '' })
class Page {}

describe('PageTitle', () => {
  it('names unread messages, page and product, in the language that is spoken', async () => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'inbox', title: 'title.messages', component: Page },
          { path: '**', component: Page },
        ]),
        { provide: TitleStrategy, useExisting: PageTitle },
      ],
    });
    const harness = await RouterTestingHarness.create('/inbox');
    const title = async () => {
      await harness.fixture.whenStable();
      return document.title;
    };
    expect(await title()).toBe('Messages · EliteChat');
    TestBed.inject(PageTitle).showUnread(3);
    expect(await title()).toBe('(3) Messages · EliteChat');
    await TestBed.inject(LanguageStore).choose('de');
    expect(await title()).toBe('(3) Nachrichten · EliteChat');
    TestBed.inject(PageTitle).showUnread(0);
    await harness.navigateByUrl('/elsewhere');
    expect(await title()).toBe('EliteChat');
  });
});
