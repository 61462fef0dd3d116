import { type Page } from '@playwright/test';

import {
  aNewAccount,
  conversation,
  DEMO_ADMIN,
  openFromInbox,
  openWidget,
  register,
  signIn,
  write,
} from './support/acts';
import { expect, test } from './support/test';

/** What a browser itself says when the server is away. */
const NETWORK_COMPLAINT = /ERR_CONNECTION|WebSocket connection to .* failed|ERR_EMPTY_RESPONSE|status of 503/;

/** The page's word that there is no connection. */
const banner = (page: Page) => page.locator('chat-connection-banner .banner');

test('a cut is told, and nothing that was written meanwhile is lost or doubled', async ({
  visit,
  product,
  complaints,
}) => {
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Cuthbert Cut';
  await register(customer, aNewAccount(name));
  await openWidget(customer);
  await write(customer, 'Before the cut');
  await signIn(admin, DEMO_ADMIN);
  await openFromInbox(admin, name);
  await expect(conversation(admin).getByText('Before the cut')).toBeVisible();

  await product.stop();

  await expect(banner(customer)).toBeVisible();
  await expect(banner(admin)).toBeVisible();
  await write(customer, 'Into the void');
  await expect(conversation(customer).getByText('Into the void')).toBeVisible();
  await write(admin, 'From the other side');

  await product.start();

  for (const page of [customer, admin]) {
    for (const text of ['Before the cut', 'Into the void', 'From the other side']) {
      await expect(conversation(page).getByText(text)).toHaveCount(1, { timeout: 45_000 });
    }
    await expect(banner(page)).toBeHidden();
  }
  await write(customer, 'After the cut');
  await expect(conversation(admin).getByText('After the cut')).toHaveCount(1);
  await admin.reload();
  await customer.reload();
  await openWidget(customer);
  for (const page of [customer, admin]) {
    await expect(conversation(page).getByText('After the cut')).toBeVisible();
    for (const text of ['Before the cut', 'Into the void', 'From the other side', 'After the cut']) {
      await expect(conversation(page).getByText(text)).toHaveCount(1);
    }
  }
  const expected = complaints.filter((complaint) => NETWORK_COMPLAINT.test(complaint));
  for (const complaint of expected) complaints.splice(complaints.indexOf(complaint), 1);
});
