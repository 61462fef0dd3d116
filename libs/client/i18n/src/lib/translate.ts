import { assertInInjectionContext, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';

import { LanguageStore } from './language.store';
import type { MessageKey, PluralKey } from './words/en';

/** What stands in for the `{{names}}` of a text. */
export type MessageParameters = Readonly<Record<string, string | number>>;

/** Gives texts in the language that is spoken; what reads it in a template or `computed` follows a change. */
export interface Translate {
  /** The text of a key. */
  (key: MessageKey, parameters?: MessageParameters): string;
  /** The text for a number, which is its `{{count}}`, by the plural rules of the language. */
  count(key: PluralKey, count: number, parameters?: MessageParameters): string;
}

/** The texts of the product, for a component or service: `t('composer.send')`. The compiler knows the keys. */
export function injectTranslate(): Translate {
  assertInInjectionContext(injectTranslate);
  const transloco = inject(TranslocoService);
  const { language, locale } = inject(LanguageStore);
  const text = (key: string, parameters?: MessageParameters) =>
    transloco.translate(key, { ...parameters }, language());
  return Object.assign((key: MessageKey, parameters?: MessageParameters) => text(key, parameters), {
    count: (key: PluralKey, count: number, parameters?: MessageParameters) => {
      const form = new Intl.PluralRules(language()).select(count) === 'one' ? 'one' : 'other';
      return text(`${key}.${form}`, { ...parameters, count: count.toLocaleString(locale()) });
    },
  });
}
