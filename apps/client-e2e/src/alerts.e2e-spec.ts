import { type BrowserContext, type Page } from '@playwright/test';

import {
  aNewAccount,
  conversation,
  DEMO_ADMIN,
  launcher,
  openFromInbox,
  openWidget,
  register,
  signIn,
  write,
} from './support/acts';
import { expect, test } from './support/test';

/** Messages that come so close together are heard once, in milliseconds. */
const PACE_MS = 1_500;

/** Counts the chimes of all pages of a browser: each begins with one oscillator of its lower tone. */
async function countChimes(context: BrowserContext) {
  let chimes = 0;
  let lastAt = 0;
  await context.exposeFunction('heardChime', () => {
    chimes++;
    lastAt = Date.now();
  });
  await context.addInitScript(() => {
    const create = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      const oscillator = create.call(this);
      // Read when it starts, as the tone is set after this.
      const start = oscillator.start.bind(oscillator);
      oscillator.start = (when) => {
        if (oscillator.frequency.value === 880) void Reflect.get(window, 'heardChime')();
        start(when);
      };
      return oscillator;
    };
  });
  return {
    /** Waits for so many chimes in all, and until there was none for so long that the next one stands alone. */
    expect: async (count: number) => {
      await expect.poll(() => chimes).toBeGreaterThanOrEqual(count);
      await expect.poll(() => Date.now() - lastAt).toBeGreaterThan(PACE_MS);
      expect(chimes).toBe(count);
    },
  };
}

/** Browsers let a page sound after it was touched. */
const touch = (page: Page) => page.mouse.click(2, 2);

test('two tabs of an admin ring once for a message, and not for the chat that one of them shows', async ({
  visit,
}) => {
  const [{ page: customer }, { page: first, context }] = [await visit(), await visit()];
  const chimes = await countChimes(context);
  await register(customer, aNewAccount('Rita Ring'));
  await openWidget(customer);
  await signIn(first, DEMO_ADMIN);
  const second = await context.newPage();
  for (const page of [first, second]) {
    await page.goto('/admin/overview');
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
    await touch(page);
  }
  const toldOf = (page: Page, text: string) =>
    expect(page.locator('mat-snack-bar-container').last()).toContainText(text);

  await write(customer, 'Anybody there?');
  for (const page of [first, second]) await toldOf(page, 'Anybody there?');
  await chimes.expect(1);

  await first.goto('/admin/messages');
  await openFromInbox(first, 'Rita Ring');
  await touch(first);
  await write(customer, 'I can wait');
  await expect(conversation(first).getByText('I can wait')).toBeVisible();
  await toldOf(second, '2 new messages');
  // A chime of the second tab would have been decided on before that of the next message.
  await first.goto('/admin/overview');
  await second.reload();
  for (const page of [first, second]) {
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
    await touch(page);
  }
  await write(customer, 'Still here');
  for (const page of [first, second]) await toldOf(page, 'Still here');
  await chimes.expect(2);
});

test('two tabs of a customer ring once for an answer', async ({ visit }) => {
  const [{ page: first, context }, { page: admin }] = [await visit(), await visit()];
  const chimes = await countChimes(context);
  await register(first, aNewAccount('Tom Twice'));
  await openWidget(first);
  await write(first, 'Hello');
  await first.reload();
  const second = await context.newPage();
  await second.goto('/dashboard');
  for (const page of [first, second]) {
    await expect(launcher(page)).toBeVisible();
    await touch(page);
  }
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await openFromInbox(admin, 'Tom Twice');
  await write(admin, 'Hello Tom');
  for (const page of [first, second]) await expect(page.getByText('Hello Tom').first()).toBeVisible();
  await chimes.expect(1);

  await openWidget(second);
  await write(admin, 'How can I help?');
  await expect(conversation(second).getByText('How can I help?')).toBeVisible();
  await second.getByRole('button', { name: 'Close chat' }).first().click();
  await write(admin, 'Take your time');
  for (const page of [first, second]) await expect(page.getByText('Take your time').first()).toBeVisible();
  await chimes.expect(2);
});
