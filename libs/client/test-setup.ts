import { inject, provideEnvironmentInitializer } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTransloco, TranslocoService } from '@jsverse/transloco';
import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';

import { WordsLoader } from './i18n/src/lib/words-loader';
import { en } from './i18n/src/lib/words/en';

setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });

// Every spec speaks English from the start, as the application does once its words are loaded.
beforeEach(() => {
  TestBed.configureTestingModule({
    providers: [
      provideTransloco({
        config: { availableLangs: ['en', 'de'], defaultLang: 'en', reRenderOnLangChange: true },
        loader: WordsLoader,
      }),
      provideEnvironmentInitializer(() => inject(TranslocoService).setTranslation(en, 'en')),
    ],
  });
});

/** jsdom lays nothing out, so nothing ever changes its size. */
class StillResizeObserver implements ResizeObserver {
  observe(): void {
    // Nothing to see.
  }

  unobserve(): void {
    // Nothing was observed.
  }

  disconnect(): void {
    // Nothing was observed.
  }
}
globalThis.ResizeObserver ??= StillResizeObserver;
