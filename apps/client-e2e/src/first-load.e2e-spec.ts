import { LineBytes } from '@elite-chat/browser';

import { DEMO_CUSTOMER, signIn } from './support/acts';
import { expect, test } from './support/test';

/** What the sign-in page may cost as brotli makes it, headers not counted, in bytes: page, code, styles and words. */
const SIGN_IN_BYTES_MAX = 145_500;

/** The one font of Latin script; text is shown before it is there. */
const FONT_BYTES_MAX = 49_000;

test('signing in loads little, and the chat only when it is needed', async ({ visit, product }) => {
  const { page, context } = await visit();
  const loaded = await LineBytes.of(context, page);

  await page.goto('/sign-in');
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  const isFont = (url: string) => url.endsWith('.woff2');
  expect(
    loaded.sum((url) => !isFont(url)),
    loaded.toString(),
  ).toBeLessThan(SIGN_IN_BYTES_MAX);
  expect(loaded.sum(isFont), loaded.toString()).toBeLessThan(FONT_BYTES_MAX);
  expect(loaded.urls.filter((url) => !url.startsWith(product.url))).toEqual([]);

  const before = loaded.urls.length;
  await signIn(page, DEMO_CUSTOMER);
  await expect(page.getByRole('button', { name: 'Open chat' })).toBeVisible();
  expect(loaded.urls.length).toBeGreaterThan(before);
});

test('the page’s policy allows no script that is not ours', async ({ visit }) => {
  const { page } = await visit();
  const response = await page.goto('/sign-in');
  const policy = response?.headers()['content-security-policy'] ?? '';
  const scripts = /script-src ([^;]+)/.exec(policy)?.[1];
  expect(scripts).toBeDefined();
  expect(scripts).not.toContain('unsafe-inline');
  expect(scripts).not.toContain('unsafe-eval');
});
