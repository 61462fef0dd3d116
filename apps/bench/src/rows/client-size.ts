import { randomUUID } from 'node:crypto';

import { findBrowser, LineBytes } from '@elite-chat/browser';
import { chromium, type Page } from '@playwright/test';

import { startArm } from '../arms/start-arm';
import { type Row } from './row';

/** What a customer's browser loads, compressed as the server sends it, fonts and answers included. */
export const clientSize: Row = {
  id: 'client',
  async run({ database, directory, note }) {
    const { server } = await startArm('ours', { databaseUri: database.uri, directory });
    const { source, executablePath } = await findBrowser();
    note(source);
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const account = await newAccount(server.url);
      const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' });
      const page = await context.newPage();
      const loaded = await LineBytes.of(context, page);
      await signIn(page, account);
      const opener = page.getByRole('button', { name: 'Open chat' });
      await opener.waitFor();
      await page.waitForLoadState('networkidle');
      const before = loaded.sum();
      note(`before:\n${loaded}`);
      await opener.click();
      await page.getByRole('textbox', { name: 'Message' }).waitFor();
      await page.waitForLoadState('networkidle');
      const more = loaded.sum() - before;
      return [
        {
          title: 'loaded by a customer from sign-in to the dashboard',
          value: kilobytes(before),
          unit: ' kB',
        },
        { title: 'loaded more when the chat is first opened', value: kilobytes(more), unit: ' kB' },
      ];
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

function kilobytes(bytes: number): number {
  return Math.round(bytes / 1_000);
}

async function newAccount(url: string): Promise<{ email: string; password: string }> {
  const account = { email: `${randomUUID()}@example.com`, password: randomUUID() };
  const answer = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Cora Lane', ...account }),
  });
  if (!answer.ok) throw new Error(`Nobody was registered: ${answer.status} ${await answer.text()}`);
  return account;
}

async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
