/* eslint-disable no-empty-pattern -- Playwright wants a pattern there, also where a fixture needs no other. */
import { ApiProcess } from '@elite-chat/api-process';
import { findBrowser } from '@elite-chat/browser';
import { type BrowserContext, chromium, expect, type Page, test as base } from '@playwright/test';

/** Somebody at a browser of their own. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
}

interface TestFixtures {
  /** Opens a browser context of its own for somebody; what its console complains of fails the test. */
  visit: (options?: { colorScheme?: 'light' | 'dark' }) => Promise<Visitor>;
  /** What the consoles have complained of, for tests that expect it; they take out what they expect. */
  complaints: string[];
}

interface WorkerFixtures {
  /** The built product, running with its own data on its own port. */
  product: ApiProcess;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  browser: [
    async ({}, use) => {
      const { source, executablePath } = await findBrowser();
      process.stdout.write(`Tested with ${source}: ${executablePath}\n`);
      // The sandbox needs rights that a container or a root user lacks; the pages are our own.
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  product: [
    async ({}, use) => {
      const product = await ApiProcess.start({ HOST_ADMINS: 'true' });
      await use(product);
      await product.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  complaints: async ({}, use) => {
    const complaints: string[] = [];
    await use(complaints);
    expect(complaints, 'what the consoles complained of').toEqual([]);
  },
  visit: async ({ browser, product, complaints, locale, viewport }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ colorScheme = 'light' } = {}) => {
      const context = await browser.newContext({ baseURL: product.url, locale, viewport, colorScheme });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.stack ?? error.message}`));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) {
          complaints.push(`${page.url()}: ${message.text()}`);
        }
      });
      return { page, context };
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect };
