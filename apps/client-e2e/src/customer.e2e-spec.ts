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

test('a new message is previewed beside the closed widget, counted in the title, and read when opened', async ({
  visit,
}) => {
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Prue Preview';
  await register(customer, aNewAccount(name));
  await openWidget(customer);
  await write(customer, 'Is anybody there?');
  await expect(conversation(customer).getByText('Sent', { exact: true })).toBeVisible();
  await customer.keyboard.press('Escape');
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await openFromInbox(admin, name);
  await write(admin, 'Certainly');

  const preview = customer.getByRole('button', { name: /Open the message of/ });
  await expect(preview).toContainText('Certainly');
  await expect(customer).toHaveTitle(/^\(1\) /);
  await customer.getByRole('button', { name: 'Dismiss the message' }).click();
  await expect(preview).toBeHidden();
  await expect(launcher(customer)).toBeFocused();
  await expect(customer).toHaveTitle(/^\(1\) /);

  await write(admin, 'At your service');
  await preview.click();
  await expect(conversation(customer).getByText('At your service')).toBeVisible();
  await expect(customer).not.toHaveTitle(/^\(/);
  await expect(conversation(admin).getByText('Read', { exact: true }).last()).toBeVisible();
});

test('a draft survives the closing of the widget and a reload, and is gone after signing out', async ({
  visit,
}) => {
  const { page } = await visit();
  const account = aNewAccount('Drew Draft');
  await register(page, account);
  await openWidget(page);
  await composer(page).fill('Not yet finis');
  await page.getByRole('button', { name: 'Close chat' }).click();
  await expect(composer(page)).toBeHidden();
  await openWidget(page);
  await expect(composer(page)).toHaveValue('Not yet finis');
  await page.reload();
  await openWidget(page);
  await expect(composer(page)).toHaveValue('Not yet finis');

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await signIn(page, account);
  await openWidget(page);
  await expect(composer(page)).toHaveValue('');
});

test('a session that ends asks to sign in again, and what was begun is still there', async ({ visit }) => {
  const { page, context } = await visit();
  const account = aNewAccount('Sessa End');
  await register(page, account);
  await openWidget(page);
  await write(page, 'Before the end');
  await expect(conversation(page).getByText('Sent', { exact: true })).toBeVisible();
  await composer(page).fill('Half a thought');

  // The same person ends all other sessions, from another device.
  const device = await context.request.post('/api/auth/login', {
    data: { email: account.email, password: account.password },
  });
  const { token } = await device.json();
  await context.request.post('/api/auth/sign-out-everywhere', {
    headers: { authorization: `Bearer ${token}` },
  });

  await expect(page.getByText('Your session has ended')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await openWidget(page);
  await expect(conversation(page).getByText('Before the end')).toBeVisible();
  await expect(composer(page)).toHaveValue('Half a thought');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the widget fills the screen, and the admin sees one pane at a time', async ({ visit }) => {
    const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
    const name = 'Phoebe Phone';
    await register(customer, aNewAccount(name));
    await openWidget(customer);
    await expect
      .poll(() => customer.getByRole('dialog').boundingBox())
      .toEqual({ x: 0, y: 0, width: 390, height: 844 });
    await write(customer, 'From the road');
    await expect(conversation(customer).getByText('From the road')).toBeVisible();

    await signIn(admin, DEMO_ADMIN);
    await admin.goto('/admin/messages');
    await openFromInbox(admin, name);
    await expect(admin.getByRole('list', { name: 'Conversations' })).toBeHidden();
    await admin.getByRole('button', { name: 'Show details' }).click();
    await expect(conversation(admin)).toBeHidden();
    await expect(admin.getByRole('complementary', { name: 'Details' })).toContainText('@example.com');
    await admin.getByRole('button', { name: 'Hide details' }).click();
    await expect(conversation(admin)).toBeVisible();
    await admin.getByRole('link', { name: 'Back to the list' }).click();
    await expect(admin.getByRole('list', { name: 'Conversations' })).toBeVisible();

    await customer.getByRole('button', { name: 'Close chat' }).click();
    await expect(customer.getByRole('button', { name: 'Open chat' })).toBeFocused();
    for (const page of [customer, admin]) {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBe(0);
    }
  });
});
