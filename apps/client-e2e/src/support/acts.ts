import { randomUUID } from 'node:crypto';

import { signToken } from '@elite-chat/api-process';
import { expect, type Locator, type Page } from '@playwright/test';

/** The accounts that the product makes for trying it out. */
export const DEMO_CUSTOMER = { email: 'customer@example.com', password: 'customer-demo-1' };
export const DEMO_ADMIN = { email: 'admin@example.com', password: 'admin-demo-1' };

/** An account that nobody has yet. */
export function aNewAccount(name: string): { name: string; email: string; password: string } {
  return { name, email: `${randomUUID()}@example.com`, password: 'correct-horse-battery' };
}

export async function signIn(page: Page, account: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Signs in as another admin than the demo's: one of the host application. Ends at the list of messages. */
export async function signInAsHostAdmin(page: Page, name: string): Promise<void> {
  const token = signToken({ sub: randomUUID(), name, email: 'admin@host.example', role: 'admin' });
  const answer = await page.request.get('/api/auth/me', { headers: { authorization: `Bearer ${token}` } });
  const session = JSON.stringify({ token, user: await answer.json(), expiresAt: null });
  await page.goto('/sign-in');
  await page.evaluate((kept) => localStorage.setItem('elite-chat.session', kept), session);
  await page.goto('/admin/messages');
  await expect(page.getByRole('region', { name: 'Conversations' })).toBeVisible();
}

/** Creates an account by hand, from the first page on; ends at the dashboard. */
export async function register(
  page: Page,
  account: { name: string; email: string; password: string },
): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Name').fill(account.name);
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(launcher(page)).toBeVisible();
}

/** The floating button of the customer's dashboard. */
export function launcher(page: Page): Locator {
  return page.getByRole('button', { name: /^(Open|Close) chat$/ });
}

export async function openWidget(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open chat' }).click();
  await expect(composer(page)).toBeVisible();
}

/** The messages of the open conversation. */
export function conversation(page: Page): Locator {
  return page.getByRole('log', { name: 'Conversation' });
}

/** Where a message is written. */
export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Message' });
}

export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole('button', { name: 'Send message' }).click();
  await expect(composer(page)).toHaveValue('');
}

/** One customer's row in the admin's list. */
export function inboxRow(page: Page, customer: string): Locator {
  return page
    .getByRole('list', { name: 'Conversations' })
    .getByRole('listitem')
    .filter({ hasText: customer });
}

/** Opens a customer's conversation from the admin's list. */
export async function openFromInbox(page: Page, customer: string): Promise<void> {
  await inboxRow(page, customer).getByRole('link').click();
  await expect(page.getByRole('heading', { name: customer })).toBeVisible();
}

/** A tab above the admin's list. */
export function inboxTab(page: Page, name: 'Mine' | 'Unassigned' | 'All'): Locator {
  return page.getByRole('link', { name: new RegExp(`^${name}\\b`) });
}

/** How many open conversations a tab says that there are. */
export async function openIn(page: Page, name: 'Mine' | 'Unassigned' | 'All'): Promise<number> {
  return Number(/(\d+) open/.exec(await inboxTab(page, name).innerText())?.[1] ?? NaN);
}

/** The admin's tab of messages, with its count. */
export function messagesTab(page: Page): Locator {
  return page.getByRole('navigation').getByRole('link', { name: 'Messages' });
}

/** How many conversations the tab says are unread; others' conversations are among them. */
export async function unreadConversations(page: Page): Promise<number> {
  return Number(/(\d+) unread/.exec(await messagesTab(page).innerText())?.[1] ?? 0);
}
