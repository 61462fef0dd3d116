import { localeOf, preferredLanguage } from './languages';

describe('preferredLanguage', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['fr', 'de', 'en'], 'de'],
    [['EN-us'], 'en'],
    [['fr'], 'en'],
    [['den'], 'en'],
    [[], 'en'],
  ])('of a reader of %j is %s', (tags, language) => {
    expect(preferredLanguage(tags)).toBe(language);
  });
});

describe('localeOf', () => {
  it('is the reader’s own variety, or the language itself', () => {
    expect(localeOf('en', ['de', 'en-GB', 'en'])).toBe('en-GB');
    expect(localeOf('de', ['en-GB'])).toBe('de');
  });
});
