import { type Page } from '@playwright/test';

import {
  aNewAccount,
  composer,
  conversation,
  DEMO_ADMIN,
  openFromInbox,
  openWidget,
  register,
  signIn,
  write,
} from './support/acts';
import { expectNoViolations } from './support/axe';
import { enterAsHostAdmin } from './support/host-admin';
import { holdLine } from './support/line';
import { expect, test } from './support/test';

test.afterEach(({ complaints }) => {
  // What browsers say of a line that is cut.
  const others = complaints.splice(0).filter((one) => !/WebSocket|Failed to load resource/.test(one));
  complaints.push(...others);
});

/** The replies that were not sent, each with the choice of its writer. */
const overtaken = (page: Page) => conversation(page).locator('chat-overtaken-reply');

test('of two admins who answer at once the slower one sees the other’s answer and chooses', async ({
  visit,
  product,
}) => {
  const [{ page: customer }, { page: ada }, { page: bo, context }] = [
    await visit(),
    await visit(),
    await visit(),
  ];
  const line = await holdLine(context);
  const name = 'Cleo Question';
  await register(customer, aNewAccount(name));
  await openWidget(customer);
  await write(customer, 'Where are my photos?');
  await signIn(ada, DEMO_ADMIN);
  await openFromInbox(ada, name);
  await enterAsHostAdmin(bo, product, 'Bo Lind');
  await openFromInbox(bo, name);
  for (const page of [ada, bo]) {
    await expect(conversation(page).getByText('Where are my photos?')).toBeVisible();
  }

  // What Bo writes without a connection is based on the question only, also after a reload.
  await line.cut();
  for (const text of ['I look for them', 'They may be lost', 'Never mind']) await write(bo, text);
  await bo.reload();
  await expect(conversation(bo).getByText('Never mind')).toBeVisible();
  await write(ada, 'On their way');
  await expect(conversation(customer).getByText('On their way')).toBeVisible();
  line.mend();

  await expect(overtaken(bo)).toHaveCount(3, { timeout: 40_000 });
  for (const choice of await overtaken(bo).all()) {
    await expect(choice).toContainText('Ada Moss has answered meanwhile.');
    await expect(choice.getByRole('group', { name: 'Written meanwhile' })).toContainText('On their way');
  }
  await bo.reload();
  await expect(overtaken(bo)).toHaveCount(3);
  await expect(conversation(bo).getByText('I look for them')).toBeVisible();
  await expectNoViolations(bo, 'replies that were overtaken');

  await composer(bo).fill('By the way:');
  await overtaken(bo).nth(1).getByRole('button', { name: 'Edit' }).press('Enter');
  await expect(composer(bo)).toHaveValue('They may be lost\n\nBy the way:');
  await expect(composer(bo)).toBeFocused();
  await expect(overtaken(bo)).toHaveCount(2);
  await overtaken(bo).nth(1).getByRole('button', { name: 'Discard' }).press('Enter');
  await expect(overtaken(bo)).toHaveCount(1);
  await expect(conversation(customer).getByText('I look for them')).toHaveCount(0);
  await overtaken(bo).getByRole('button', { name: 'Send anyway' }).press('Enter');
  await expect(conversation(bo)).toBeFocused();

  for (const page of [customer, ada, bo]) {
    await expect(conversation(page).getByText('I look for them')).toHaveCount(1);
  }
  await expect(overtaken(bo)).toHaveCount(0);
  await write(bo, 'Found them');
  await expect(conversation(customer).getByText('Found them')).toBeVisible();
  await customer.reload();
  await openWidget(customer);
  await expect(conversation(customer).getByText('I look for them')).toHaveCount(1);
  for (const text of ['They may be lost', 'Never mind']) {
    await expect(conversation(customer).getByText(text)).toHaveCount(0);
  }
});
