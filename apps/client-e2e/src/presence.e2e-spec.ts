import {
  aNewAccount,
  DEMO_ADMIN,
  inboxRow,
  openFromInbox,
  openWidget,
  register,
  signIn,
  write,
} from './support/acts';
import { expect, test } from './support/test';

test('each side sees whether the other is there', async ({ visit }) => {
  const { page: customer } = await visit();
  await register(customer, aNewAccount('Paula Present'));
  await openWidget(customer);
  const panel = customer.getByRole('dialog');
  await expect(panel.getByText('We are away. Write to us; we answer here.')).toBeVisible();
  await write(customer, 'Anybody there?');

  const { page: admin, context } = await visit();
  await signIn(admin, DEMO_ADMIN);
  await expect(panel.getByText('We are online')).toBeVisible();
  await admin.goto('/admin/messages');
  await expect(inboxRow(admin, 'Paula Present').getByText('Online')).toBeAttached();
  await openFromInbox(admin, 'Paula Present');
  const heading = admin.getByRole('region', { name: 'Open conversation' });
  await expect(heading.getByText('Online', { exact: true })).toBeVisible();

  await customer.close();
  await expect(heading.getByText('Offline', { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(inboxRow(admin, 'Paula Present').getByText('Online')).toHaveCount(0);

  const { page: other } = await visit();
  await register(other, aNewAccount('Quinn Question'));
  await openWidget(other);
  await expect(other.getByRole('dialog').getByText('We are online')).toBeVisible();
  await context.close();
  await expect(other.getByRole('dialog').getByText('We are away.')).toBeVisible({ timeout: 20_000 });
});
