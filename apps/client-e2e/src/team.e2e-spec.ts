import type { Page } from '@playwright/test';

import { aNewAccount, DEMO_ADMIN, signIn } from './support/acts';
import { holdLine } from './support/line';
import { expect, test } from './support/test';

const members = (page: Page) => page.getByRole('list', { name: 'Admins' });
const member = (page: Page, email: string) => members(page).getByRole('listitem').filter({ hasText: email });

/** Chooses an act from a member's menu. */
async function choose(page: Page, email: string, act: string): Promise<void> {
  await member(page, email)
    .getByRole('button', { name: /^Actions for/ })
    .click();
  await page.getByRole('menuitem', { name: act }).click();
}

async function addAdmin(page: Page, account: ReturnType<typeof aNewAccount>): Promise<void> {
  await page.getByRole('button', { name: 'Add admin' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an admin' });
  // Filled in before the dialog has put the focus there, the next field's text would land in it.
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill(account.name);
  await dialog.getByLabel('Email').fill(account.email);
  await dialog.getByLabel('Password').fill(account.password);
  await dialog.getByRole('button', { name: 'Add admin' }).click();
  await expect(member(page, account.email)).toBeVisible();
}

test('a colleague is added, answers at once, and is signed out the moment they are disabled', async ({
  visit,
  complaints,
}) => {
  const [{ page: ada }, { page: bo }] = [await visit(), await visit()];
  const account = aNewAccount('Bo Lind');
  await signIn(ada, DEMO_ADMIN);
  await ada.getByRole('navigation').getByRole('link', { name: 'Team' }).click();
  // What others left unread stands before it.
  await expect(ada).toHaveTitle(/Team · EliteChat$/);
  await expect(member(ada, DEMO_ADMIN.email)).toContainText('You');
  await addAdmin(ada, account);
  await expect(ada.getByText('Bo Lind is an admin now.')).toBeVisible();
  await expect(ada.getByText('Ada Moss added Bo Lind as an admin.')).toBeVisible();

  await signIn(bo, account);
  await expect(bo.getByRole('link', { name: 'Messages' })).toBeVisible();
  await expect(member(ada, account.email)).toContainText('Online');
  await bo.goto('/admin/team');
  await expect(member(bo, account.email)).toContainText('You');

  await choose(ada, account.email, 'Disable…');
  const question = ada.getByRole('dialog', { name: 'Disable Bo Lind?' });
  await expect(question).toContainText('All their sessions end at once');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(member(ada, account.email).getByRole('button')).toBeFocused();
  await expect(member(bo, account.email)).toContainText('You');
  await choose(ada, account.email, 'Disable…');
  await question.getByRole('button', { name: 'Disable' }).click();
  await expect(member(ada, account.email)).toContainText('Disabled');
  await expect(bo.getByText('Your session has ended')).toBeVisible();

  await bo.getByLabel('Email').fill(account.email);
  await bo.getByLabel('Password').fill(account.password);
  await bo.getByRole('button', { name: 'Sign in' }).click();
  await expect(bo.getByText('Email address or password is wrong.')).toBeVisible();

  await choose(ada, account.email, 'Enable…');
  await ada.getByRole('dialog').getByRole('button', { name: 'Enable' }).click();
  await expect(member(ada, account.email)).not.toContainText('Disabled');
  await choose(ada, account.email, 'Reset password…');
  const reset = ada.getByRole('dialog', { name: 'Reset the password of Bo Lind' });
  await reset.getByLabel('New password').fill('another-password');
  await reset.getByRole('button', { name: 'Reset password' }).click();
  await expect(ada.getByText('Ada Moss reset the password of Bo Lind.')).toBeVisible();
  await signIn(bo, { email: account.email, password: 'another-password' });
  await expect(bo.getByRole('link', { name: 'Messages' })).toBeVisible();
  // The browser's own words for what was refused, and for the line that the server ended.
  complaints.splice(0).forEach((complaint) => expect(complaint).toMatch(/401|WebSocket/));
});

test('what one admin does with the team, another sees at once, or as soon as there is a connection', async ({
  visit,
  complaints,
}) => {
  const [{ page: ada }, { page: other, context }] = [await visit(), await visit()];
  const line = await holdLine(context);
  const [account, missed] = [aNewAccount('Dee Deep'), aNewAccount('Mia Missed')];
  for (const page of [ada, other]) {
    await signIn(page, DEMO_ADMIN);
    await page.goto('/admin/team');
    await expect(member(page, DEMO_ADMIN.email)).toBeVisible();
  }
  await addAdmin(ada, account);
  await expect(member(other, account.email)).toBeVisible();
  await expect(other.getByText('Ada Moss added Dee Deep as an admin.')).toBeVisible();

  await line.cut();
  await expect(other.locator('chat-connection-banner .banner')).toBeVisible();
  await addAdmin(ada, missed);
  line.mend();
  await expect(member(other, missed.email)).toBeVisible({ timeout: 40_000 });
  await expect(other.getByText('Ada Moss added Mia Missed as an admin.')).toBeVisible();
  complaints.splice(0).forEach((complaint) => expect(complaint).toMatch(/socket\.io/));
});

test('a mistake in the form is said at its field, and the email of somebody else is refused', async ({
  visit,
  complaints,
}) => {
  const { page } = await visit();
  await signIn(page, DEMO_ADMIN);
  await page.goto('/admin/team');
  await page.getByRole('button', { name: 'Add admin' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an admin' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').press('Enter');
  await expect(dialog.getByText('Please fill in the name.')).toBeVisible();
  await dialog.getByLabel('Name').fill('Ada Again');
  await dialog.getByLabel('Email').fill(DEMO_ADMIN.email);
  await dialog.getByLabel('Password').fill('correct-horse');
  await dialog.getByLabel('Password').press('Enter');
  await expect(dialog.getByText('There is an account with this email already.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Add admin' })).toBeFocused();
  expect(complaints.splice(0)).toEqual([expect.stringContaining('409')]);
});

test('the last admin stays, and is told why', async ({ visit, complaints }) => {
  const { page } = await visit();
  await signIn(page, DEMO_ADMIN);
  await page.goto('/admin/team');
  await expect(member(page, DEMO_ADMIN.email)).toBeVisible();
  // Colleagues of other stories.
  const others = members(page).getByRole('listitem').filter({ hasNotText: DEMO_ADMIN.email });
  for (const email of await others.locator('.email').allInnerTexts()) {
    if ((await member(page, email).innerText()).includes('Disabled')) continue;
    await choose(page, email, 'Disable…');
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await expect(member(page, email)).toContainText('Disabled');
  }
  await choose(page, DEMO_ADMIN.email, 'Disable…');
  const question = page.getByRole('dialog', { name: 'Disable your own account?' });
  await question.getByRole('button', { name: 'Disable' }).click();
  await expect(question.getByRole('alert')).toContainText('Nobody else could sign in as an admin then.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.reload();
  await expect(member(page, DEMO_ADMIN.email)).not.toContainText('Disabled');
  expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
});

test('the team can be looked after by keyboard alone, on a phone too', async ({ visit }) => {
  const { page } = await visit();
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, DEMO_ADMIN);
  await page.goto('/admin/team');
  const actions = member(page, DEMO_ADMIN.email).getByRole('button');
  await actions.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Disable…' })).toBeFocused();
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Disable your own account?' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(actions).toBeFocused();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBe(0);
});
