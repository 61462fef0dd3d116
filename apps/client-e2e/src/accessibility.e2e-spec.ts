import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';

import {
  aNewAccount,
  composer,
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

async function expectNoViolations(page: Page, place: string): Promise<void> {
  // What fades in has not its final colours yet.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help} at ${nodes.map(({ target }) => target).join(', ')}`,
  );
  expect(found, place).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing stands in anybody’s way, in ${colorScheme} colours`, async ({ visit }) => {
    const { page: customer } = await visit({ colorScheme });
    const name = `Axel ${colorScheme}`;
    await customer.goto('/sign-in');
    await expectNoViolations(customer, 'signing in');
    await customer.getByRole('button', { name: 'Sign in' }).click();
    await expectNoViolations(customer, 'signing in, with faults');
    await customer.goto('/register');
    await expectNoViolations(customer, 'registering');
    await register(customer, aNewAccount(name));
    await expectNoViolations(customer, 'the dashboard');
    await openWidget(customer);
    await expectNoViolations(customer, 'the dashboard with an empty conversation');
    await write(customer, 'Where are my photos? https://example.com');
    await expect(conversation(customer).getByText('Where are my photos?')).toBeVisible();
    await expectNoViolations(customer, 'the dashboard with a conversation');

    const { page: admin } = await visit({ colorScheme });
    await signIn(admin, DEMO_ADMIN);
    await expect(admin.getByRole('list', { name: 'Conversations' })).toBeVisible();
    await expectNoViolations(admin, 'the list of messages');
    await openFromInbox(admin, name);
    await write(admin, 'On their way');
    await expect(conversation(admin).getByText('On their way')).toBeVisible();
    await expectNoViolations(admin, 'an open conversation');
  });
}

test('the widget can be used by keyboard alone', async ({ visit }) => {
  const { page } = await visit();
  await register(page, aNewAccount('Kay Keyboard'));
  await launcher(page).focus();
  await page.keyboard.press('Enter');
  await expect(composer(page)).toBeFocused();
  await expect(conversation(page)).toBeVisible();
  await page.keyboard.type('First line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second line');
  await page.keyboard.press('Enter');
  await expect(conversation(page).getByText(/First line\s+second line/)).toBeVisible();
  await expect(composer(page)).toHaveValue('');
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(conversation(page)).toBeHidden();
  await expect(launcher(page)).toBeFocused();
  await expect(launcher(page)).toHaveAttribute('aria-expanded', 'false');
});
