import { join } from 'node:path';

import { WORKSPACE } from '@elite-chat/api-process';
import type { Page } from '@playwright/test';

import { conversation, DEMO_ADMIN, DEMO_CUSTOMER, inboxRow, openWidget, signIn } from '../support/acts';
import { expect, test } from '../support/test';
import { fillTeam, fillWithConversations } from './conversations';

const FOLDER = process.env['SCREENSHOTS_DIR'] ?? join(WORKSPACE, 'docs/screenshots');

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

test.beforeAll(async ({ product }) => {
  await fillWithConversations(product.url);
  await fillTeam(product.url);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const size of ['desktop', 'phone'] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport: SIZES[size] });

      const shoot = async (page: Page, name: string) => {
        await page.evaluate(() => document.fonts.ready);
        await page.mouse.move(0, 0);
        await page.screenshot({
          path: join(FOLDER, `${name}-${size}-${colorScheme}.png`),
          animations: 'disabled',
          caret: 'hide',
        });
      };

      test('the customer', async ({ visit }) => {
        const { page } = await visit({ colorScheme });
        await page.goto('/sign-in');
        await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
        await shoot(page, 'sign-in');
        await signIn(page, DEMO_CUSTOMER);
        await expect(page.getByRole('listitem').first()).toBeVisible();
        await shoot(page, 'dashboard');
        await openWidget(page);
        await expect(conversation(page).getByText('that’s on us')).toBeVisible();
        await shoot(page, 'widget');
      });

      test('the admin', async ({ visit }) => {
        const { page } = await visit({ colorScheme });
        await signIn(page, DEMO_ADMIN);
        await page.goto('/admin/messages');
        await expect(inboxRow(page, 'Ines Okafor')).toBeVisible();
        await shoot(page, 'inbox');
        await inboxRow(page, 'Cora').getByRole('link').click();
        await expect(conversation(page).getByText('that’s on us')).toBeVisible();
        await shoot(page, 'conversation');
        await page.goto('/admin/overview');
        await expect(page.getByRole('link', { name: 'Messages today' })).toContainText(/\d/);
        await shoot(page, 'overview');
        await page.goto('/admin/team');
        await expect(page.getByText('Ada Moss disabled Vera Solis.')).toBeVisible();
        await shoot(page, 'team');
      });
    });
  }
}
