import { TestBed } from '@angular/core/testing';

import { LanguageStore } from './language.store';

/** The store of a browser that asks for these languages. */
async function start(...languages: string[]): Promise<LanguageStore> {
  jest.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);
  const store = TestBed.runInInjectionContext(() => new LanguageStore());
  await store.start();
  return store;
}

describe('LanguageStore', () => {
  afterEach(() => localStorage.clear());

  it('begins with the browser’s language', async () => {
    const store = await start('fr', 'de-AT');
    expect([store.language(), store.locale()]).toEqual(['de', 'de-AT']);
  });

  it('keeps what was chosen for the next time', async () => {
    await (await start('de')).choose('en');
    expect((await start('de')).language()).toBe('en');
  });

  it('goes by the browser where what is kept is no language', async () => {
    localStorage.setItem('elite-chat.language', 'klingon');
    expect((await start('de')).language()).toBe('de');
  });
});
