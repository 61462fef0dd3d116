import { Injectable } from '@angular/core';
import type { Translation, TranslocoLoader } from '@jsverse/transloco';

import type { Language } from './languages';

const WORDS: Record<Language, () => Promise<Translation>> = {
  en: () => import('./words/en').then(({ en }) => en),
  de: () => import('./words/de').then(({ de }) => de),
};

/** Loads the words of one language, each a chunk of its own. */
@Injectable({ providedIn: 'root' })
export class WordsLoader implements TranslocoLoader {
  getTranslation(language: Language): Promise<Translation> {
    return WORDS[language]();
  }
}
