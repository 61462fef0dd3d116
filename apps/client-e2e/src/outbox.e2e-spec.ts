import {
  aNewAccount,
  composer,
  conversation,
  DEMO_ADMIN,
  inboxRow,
  openFromInbox,
  openWidget,
  register,
  signIn,
  write,
} from './support/acts';
import { holdLine } from './support/line';
import { expect, test } from './support/test';

test.afterEach(({ complaints }) => {
  // What browsers say of a line that is cut.
  const others = complaints.splice(0).filter((one) => !/WebSocket|Failed to load resource/.test(one));
  complaints.push(...others);
});

test('what is written without a connection survives a reload, and is sent once and in order', async ({
  visit,
}) => {
  const { page: customer, context } = await visit();
  const line = await holdLine(context);
  await register(customer, aNewAccount('Olga Offline'));
  await openWidget(customer);
  await write(customer, 'Before the cut');
  await expect(conversation(customer).getByText('Sent', { exact: true })).toBeVisible();
  await line.cut();
  for (const text of ['First while away', 'Second while away']) await write(customer, text);
  await customer.reload();
  await openWidget(customer);
  await expect(conversation(customer).getByText(/ while away$/)).toHaveText([
    'First while away',
    'Second while away',
  ]);
  await expect(conversation(customer).getByText('Sending', { exact: true }).first()).toBeVisible();
  line.mend();
  await expect(conversation(customer).getByText('Sending', { exact: true })).toHaveCount(0, {
    timeout: 40_000,
  });

  const { page: admin } = await visit();
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await openFromInbox(admin, 'Olga Offline');
  await expect(conversation(admin).getByText(/ while away$/)).toHaveText([
    'First while away',
    'Second while away',
  ]);
});

test('a tab sends what another one could not before it was closed', async ({ visit }) => {
  const { page: first, context } = await visit();
  const line = await holdLine(context);
  await register(first, aNewAccount('Tilda Tabs'));
  await openWidget(first);
  await write(first, 'Hello');
  await expect(conversation(first).getByText('Sent', { exact: true })).toBeVisible();
  const second = await context.newPage();
  await second.goto('/dashboard');
  await openWidget(second);
  await line.cut();
  await write(first, 'From the first tab');
  await expect(conversation(second).getByText('From the first tab')).toBeVisible();
  await first.close();
  line.mend();
  await expect(conversation(second).getByText('Sending', { exact: true })).toHaveCount(0, {
    timeout: 40_000,
  });
  await expect(conversation(second).getByText('From the first tab')).toHaveCount(1);
});

test('signing out asks before it discards what is not sent, and nobody else ever sees it', async ({
  visit,
}) => {
  const { page, context } = await visit();
  const line = await holdLine(context);
  await register(page, aNewAccount('Sina Secret'));
  await openWidget(page);
  await line.cut();
  await write(page, 'Between us');
  await page.keyboard.press('Escape');
  const signOut = async () => {
    await page.getByRole('button', { name: /Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
  };
  await signOut();
  const dialog = page.getByRole('dialog', { name: 'Sign out?' });
  await expect(dialog).toContainText('1 message is not sent yet.');
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(dialog).toBeHidden();
  await signOut();
  await dialog.getByRole('button', { name: 'Sign out and discard' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  line.mend();

  await register(page, aNewAccount('Nosy Next'));
  await openWidget(page);
  await expect(composer(page)).toBeVisible();
  await expect(page.getByText('Between us')).toHaveCount(0);
  const { page: admin } = await visit();
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await expect(inboxRow(admin, 'Sina Secret')).toHaveCount(0);
});

test('what was written to a conversation that is gone is shown as not sent, to be copied or discarded', async ({
  visit,
}) => {
  const { page: customer } = await visit();
  await register(customer, aNewAccount('Gero Gone'));
  await openWidget(customer);
  await write(customer, 'Hello');
  await expect(conversation(customer).getByText('Sent', { exact: true })).toBeVisible();

  const { page: admin, context } = await visit();
  const line = await holdLine(context);
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await openFromInbox(admin, 'Gero Gone');
  await line.cut();
  await write(admin, 'Into the void');
  await composer(admin).fill('Half a thought');
  await context.route('**/api/chat/admin/chat/*/messages*', (route) =>
    route.fulfill({ status: 404, json: { code: 'not_found', message: 'No such chat.' } }),
  );
  await admin.reload();
  await expect(conversation(admin).getByText('Into the void')).toBeVisible();
  await expect(conversation(admin)).toContainText('Not sent. This conversation doesn’t exist.');
  await expect(composer(admin)).toHaveValue('Half a thought');
  await expect(admin.getByText('Nothing can be sent here any more.')).toBeVisible();
  await conversation(admin).getByRole('button', { name: 'Copy' }).click();
  await expect(conversation(admin).getByRole('button', { name: 'Copied' })).toBeVisible();
  await conversation(admin).getByRole('button', { name: 'Discard' }).click();
  await expect(admin.getByText('Into the void')).toHaveCount(0);
  await expect(admin.getByText('This conversation doesn’t exist.')).toBeVisible();
});
