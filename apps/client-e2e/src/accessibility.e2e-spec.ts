import {
  aNewAccount,
  composer,
  conversation,
  DEMO_ADMIN,
  inboxRow,
  launcher,
  openFromInbox,
  openWidget,
  register,
  signIn,
  write,
} from './support/acts';
import { expectNoViolations } from './support/axe';
import { expect, test } from './support/test';

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
    await admin.goto('/admin/overview');
    await expect(admin.getByRole('link', { name: 'Messages today' })).toContainText(/\d/);
    await expectNoViolations(admin, 'the overview');
    await admin.getByRole('button', { name: 'Account' }).click();
    await expect(admin.getByRole('menuitemradio', { name: 'Deutsch' })).toBeVisible();
    // Menus open over the page, outside of its landmarks.
    await expectNoViolations(admin, 'the account’s menu', 'region');
    await admin.keyboard.press('Escape');
    await admin.goto('/admin/team');
    await expect(admin.getByRole('list', { name: 'Admins' })).toBeVisible();
    await expectNoViolations(admin, 'the team');
    await admin.getByRole('button', { name: 'Add admin' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Add admin' }).click();
    await expect(admin.getByText('Please fill in the name.')).toBeVisible();
    await expectNoViolations(admin, 'adding an admin, with faults');
    const colleague = aNewAccount(`Bo ${colorScheme}`);
    await admin.getByLabel('Name').fill(colleague.name);
    await admin.getByLabel('Email').fill(colleague.email);
    await admin.getByLabel('Password').fill(colleague.password);
    await admin.getByRole('dialog').getByRole('button', { name: 'Add admin' }).click();
    await admin.getByRole('button', { name: `Actions for ${colleague.name}` }).click();
    await admin.getByRole('menuitem', { name: 'Disable…' }).click();
    await expect(admin.getByRole('dialog', { name: `Disable ${colleague.name}?` })).toBeVisible();
    await expectNoViolations(admin, 'the question before disabling');
    await admin.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await expect(admin.getByText(`Ada Moss disabled ${colleague.name}.`)).toBeVisible();
    await expectNoViolations(admin, 'the team with a disabled admin and its audit log');
    await admin.goto('/admin/messages?show=unread');
    await expect(admin.getByRole('list', { name: 'Conversations' })).toBeVisible();
    await openFromInbox(admin, name);
    await write(admin, 'On their way');
    await expect(conversation(admin).getByText('On their way')).toBeVisible();
    await expect(admin.getByRole('complementary', { name: 'Details' })).toBeVisible();
    await expectNoViolations(admin, 'an open conversation with its details');
    await admin.getByRole('button', { name: 'Close conversation' }).click();
    await expect(admin.getByText('A message opens it again.')).toBeVisible();
    await expectNoViolations(admin, 'a closed conversation');
    await expect(customer.getByText('You can write on here')).toBeVisible();
    await expectNoViolations(customer, 'a closed conversation of the customer’s');
    await admin.goto('/nowhere');
    await expectNoViolations(admin, 'a page that there is not');
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

test('the admin’s day can be done by keyboard alone', async ({ visit }) => {
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Kim Keys';
  await register(customer, aNewAccount(name));
  await openWidget(customer);
  await write(customer, 'Without a mouse');
  await expect(conversation(customer).getByText('Sent', { exact: true })).toBeVisible();

  await admin.goto('/sign-in');
  await admin.getByLabel('Email').focus();
  await admin.keyboard.type(DEMO_ADMIN.email);
  await admin.keyboard.press('Tab');
  await admin.keyboard.type(DEMO_ADMIN.password);
  await admin.keyboard.press('Enter');
  await expect(inboxRow(admin, name)).toBeVisible();

  await admin.locator('body').press('Tab');
  await expect(admin.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('main')).toBeFocused();
  for (let presses = 0; presses < 30; presses++) {
    await admin.keyboard.press('Tab');
    if (
      await inboxRow(admin, name)
        .getByRole('link')
        .evaluate((row) => row === document.activeElement)
    )
      break;
  }
  await expect(inboxRow(admin, name).getByRole('link')).toBeFocused();
  await admin.keyboard.press('Enter');
  await expect(composer(admin)).toBeFocused();
  await admin.keyboard.type('Here you are');
  await admin.keyboard.press('Enter');
  await expect(conversation(customer).getByText('Here you are')).toBeVisible();
});

test('nothing is cut off at twice the size', async ({ visit }) => {
  const { page } = await visit();
  // What zooming in to 200 % does to a window of 1280 by 800.
  await page.setViewportSize({ width: 640, height: 400 });
  await register(page, aNewAccount('Zoe Zoom'));
  await openWidget(page);
  await expect(composer(page)).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Send message' })).toBeInViewport();
  await page.keyboard.press('Escape');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBe(0);
});

test('nothing moves for who wants no motion', async ({ visit }) => {
  const { page } = await visit();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await register(page, aNewAccount('Mo Motionless'));
  await page.getByRole('button', { name: 'Open chat' }).click();
  const durations = await page
    .getByRole('dialog')
    .evaluate((panel) =>
      panel.getAnimations({ subtree: true }).map(({ effect }) => effect?.getComputedTiming().duration),
    );
  expect(durations).toEqual([]);
});
