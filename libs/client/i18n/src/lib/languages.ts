/** The languages that the product speaks; the first is spoken where the reader knows none of them. */
export const LANGUAGES = ['en', 'de'] as const;

/** One of the languages that the product speaks. */
export type Language = (typeof LANGUAGES)[number];

/** Each language's name, in that language. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** The language that the reader would choose, by the list of their browser (BCP 47 tags, the best first). */
export function preferredLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const known = LANGUAGES.find((language) => isOfLanguage(tag, language));
    if (known) return known;
  }
  return LANGUAGES[0];
}

/** The reader's own variety of the language, `en-GB` for example, so that times look as they are used to. */
export function localeOf(language: Language, tags: readonly string[]): string {
  return tags.find((tag) => isOfLanguage(tag, language)) ?? language;
}

function isOfLanguage(tag: string, language: Language): boolean {
  return tag.toLowerCase().split('-')[0] === language;
}
