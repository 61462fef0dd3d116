import { errorText } from './error-text';

it('says the cause once, where the message does not say it already', () => {
  const cause = new Error('getaddrinfo ENOTFOUND nowhere');
  expect(errorText(new Error('fetch failed', { cause }))).toBe('fetch failed: getaddrinfo ENOTFOUND nowhere');
  expect(errorText(new Error(`no luck (${cause.message})`, { cause }))).toBe(`no luck (${cause.message})`);
});
