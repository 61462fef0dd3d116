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
import { expect, test } from './support/test';

test('an address names a chat: reload, back and forward stay where they are', async ({
  visit,
  complaints,
}) => {
  const { page: admin } = await visit();
  for (const name of ['Dee Deep', 'Linus Link']) {
    const { page } = await visit();
    await register(page, aNewAccount(name));
    await openWidget(page);
    await write(page, `From ${name}`);
    await expect(conversation(page).getByText('Sent', { exact: true })).toBeVisible();
  }
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await openFromInbox(admin, 'Dee Deep');
  const deep = admin.url();
  expect(deep).toMatch(/\/admin\/messages\/[0-9a-f]{24}$/);
  await composer(admin).fill('For Dee only');
  await openFromInbox(admin, 'Linus Link');
  await expect(composer(admin)).toHaveValue('');
  await expect(inboxRow(admin, 'Dee Deep')).toContainText('Draft: For Dee only');
  await admin.goBack();
  expect(admin.url()).toBe(deep);
  await expect(conversation(admin).getByText('From Dee Deep')).toBeVisible();
  await admin.reload();
  await expect(conversation(admin).getByText('From Dee Deep')).toBeVisible();
  await expect(composer(admin)).toHaveValue('For Dee only');
  await admin.goForward();
  await expect(conversation(admin).getByText('From Linus Link')).toBeVisible();

  await admin.goto('/admin/messages/ffffffffffffffffffffffff');
  await expect(admin.getByText('This conversation doesn’t exist.')).toBeVisible();
  // The browser’s own word for what was not found.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('status of 404')]);
});

test('a message in another chat is told at once, and one click leads there', async ({ visit }) => {
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Nora Notice';
  await register(customer, aNewAccount(name));
  await openWidget(customer);
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/overview');
  await expect(admin.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await write(customer, 'Quick question');
  const notice = admin.locator('mat-snack-bar-container');
  await expect(notice).toContainText(`${name}: Quick question`);
  await admin.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(conversation(admin).getByText('Quick question')).toBeVisible();
  await write(customer, 'Seen at once');
  await expect(conversation(admin).getByText('Seen at once')).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test('the overview counts what there is to do, and each figure leads to the inbox', async ({ visit }) => {
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Fig Figures';
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/overview');
  const figure = (label: string) => admin.getByRole('link', { name: label });
  const valueOf = async (label: string) => Number((await figure(label).innerText()).split('\n')[0]);
  await expect.poll(() => valueOf('Messages today')).not.toBeNaN();
  const before = { waiting: await valueOf('Waiting for an answer'), today: await valueOf('Messages today') };

  await register(customer, aNewAccount(name));
  await openWidget(customer);
  await write(customer, 'How long will it take?');
  await expect.poll(() => valueOf('Waiting for an answer')).toBe(before.waiting + 1);
  await expect.poll(() => valueOf('Messages today')).toBe(before.today + 1);

  await figure('Waiting for an answer').click();
  await expect(admin).toHaveURL(/\/admin\/messages\?show=waiting$/);
  await expect(inboxRow(admin, name)).toBeVisible();
  await openFromInbox(admin, name);
  await write(admin, 'Until tomorrow');
  await expect(conversation(customer).getByText('Until tomorrow')).toBeVisible();
  await expect(inboxRow(admin, name)).toContainText('You: Until tomorrow');
  await admin.reload();
  await expect(conversation(admin).getByText('Until tomorrow')).toBeVisible();
  await expect(inboxRow(admin, name)).toHaveCount(0);
});

test('a row says that its customer is writing, before the chat is opened', async ({ visit }) => {
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Ty Ping';
  await register(customer, aNewAccount(name));
  await openWidget(customer);
  await write(customer, 'There is more');
  await expect(conversation(customer).getByText('Sent', { exact: true })).toBeVisible();
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await expect(inboxRow(admin, name)).toContainText('There is more');
  await expect(async () => {
    await composer(customer).fill('');
    await composer(customer).pressSequentially('and');
    await expect(inboxRow(admin, name)).toContainText('typing…', { timeout: 1_500 });
  }).toPass();
  await composer(customer).press('Enter');
  await expect(inboxRow(admin, name)).toContainText('and');
  await expect(inboxRow(admin, name)).not.toContainText('typing…');
});

test('an admin takes a chat over, and the customer sees who answers', async ({ visit }) => {
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Tess Taken';
  await register(customer, aNewAccount(name));
  await openWidget(customer);
  await write(customer, 'Who are you?');
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await openFromInbox(admin, name);
  await admin.getByRole('button', { name: 'Assign to me' }).click();
  await expect(admin.getByRole('button', { name: 'Assign to me' })).toBeHidden();
  await expect(conversation(admin).getByText('You have joined the conversation.')).toBeVisible();
  await expect(conversation(customer).getByText('Ada Moss has joined the conversation.')).toBeVisible();
  await expect(customer.getByRole('heading', { name: 'Ada Moss' })).toBeVisible();
});

test('rows don’t jump under the pointer', async ({ visit }) => {
  const { page: admin } = await visit();
  const talkers = [];
  for (const name of ['Hal Hold', 'Una Under']) {
    const { page } = await visit();
    await register(page, aNewAccount(name));
    await openWidget(page);
    await write(page, `First of ${name}`);
    await expect(conversation(page).getByText('Sent', { exact: true })).toBeVisible();
    talkers.push(page);
  }
  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await inboxRow(admin, 'Una Under').hover();
  const before = await inboxRow(admin, 'Una Under').boundingBox();
  const [hal] = talkers;
  if (!hal) throw new Error('Hal has no page');
  await write(hal, 'Second of Hal');
  await expect(inboxRow(admin, 'Hal Hold')).toContainText('Second of Hal');
  expect(await inboxRow(admin, 'Una Under').boundingBox()).toEqual(before);
  await admin.getByRole('button', { name: 'Show 1 new' }).click();
  await expect.poll(async () => (await inboxRow(admin, 'Hal Hold').boundingBox())?.y).toBe(before?.y);
});
