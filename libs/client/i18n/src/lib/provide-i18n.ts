import {
  type EnvironmentProviders,
  inject,
  isDevMode,
  makeEnvironmentProviders,
  provideAppInitializer,
} from '@angular/core';
import { provideTransloco } from '@jsverse/transloco';

import { LanguageStore } from './language.store';
import { LANGUAGES } from './languages';
import { WordsLoader } from './words-loader';

/** The words of the product, in the reader's language before the first page is shown. */
export function provideI18n(): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideTransloco({
      config: {
        availableLangs: [...LANGUAGES],
        defaultLang: LANGUAGES[0],
        reRenderOnLangChange: true,
        prodMode: !isDevMode(),
      },
      loader: WordsLoader,
    }),
    provideAppInitializer(() => inject(LanguageStore).start()),
  ]);
}
