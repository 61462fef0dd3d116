export { explainFailure, type Failure } from './lib/failure-words';
export { type Language, LANGUAGE_NAMES, LANGUAGES } from './lib/languages';
export { LanguageStore } from './lib/language.store';
export { provideI18n } from './lib/provide-i18n';
export {
  formatAge,
  formatDate,
  formatDay,
  formatFullTime,
  formatTime,
  isSameDay,
  startOfDay,
} from './lib/time/time-format';
export { injectTranslate, type MessageParameters, type Translate } from './lib/translate';
export type { MessageKey, PluralKey } from './lib/words/en';
