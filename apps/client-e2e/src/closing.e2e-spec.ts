import {
  aNewAccount,
  composer,
  conversation,
  DEMO_ADMIN,
  inboxRow,
  inboxTab,
  launcher,
  openFromInbox,
  openIn,
  openWidget,
  register,
  signIn,
  signInAsHostAdmin,
  write,
} from './support/acts';
import { expect, test } from './support/test';

test('a conversation is closed and followed by another, and two admins see it move through their tabs', async ({
  visit,
  complaints,
}) => {
  const [{ page: customer }, { page: ada }, { page: ben }] = [await visit(), await visit(), await visit()];
  const name = 'Cleo Closing';
  await signIn(ada, DEMO_ADMIN);
  await signInAsHostAdmin(ben, 'Ben Hale');
  await inboxTab(ben, 'Unassigned').click();
  await expect(ben).toHaveURL(/show=unassigned/);
  await expect.poll(() => openIn(ben, 'Unassigned')).not.toBeNaN();
  const before = { unassigned: await openIn(ben, 'Unassigned'), mine: await openIn(ada, 'Mine') };

  await test.step('a customer writes: the chat is nobody’s', async () => {
    await register(customer, aNewAccount(name));
    await openWidget(customer);
    await write(customer, 'Where are my photos?');
    await expect(inboxRow(ben, name)).toBeVisible();
    await expect.poll(() => openIn(ben, 'Unassigned')).toBe(before.unassigned + 1);
  });

  await test.step('one admin takes it: it leaves the other’s list and comes into their own', async () => {
    await openFromInbox(ada, name);
    await inboxTab(ada, 'Mine').click();
    await ada.getByRole('button', { name: 'Assign to me' }).click();
    await expect(inboxRow(ada, name)).toBeVisible();
    await expect.poll(() => openIn(ada, 'Mine')).toBe(before.mine + 1);
    await expect(inboxRow(ben, name)).toHaveCount(0);
    await expect.poll(() => openIn(ben, 'Unassigned')).toBe(before.unassigned);
  });

  await test.step('the admin hands it back and takes it again', async () => {
    await ada.getByRole('button', { name: 'Unassign', exact: true }).click();
    await expect(inboxRow(ben, name)).toBeVisible();
    await expect(inboxRow(ada, name)).toHaveCount(0);
    await expect(ada.getByRole('button', { name: 'Assign to me' })).toBeFocused();
    await ada.keyboard.press('Enter');
    await expect(inboxRow(ada, name)).toBeVisible();
    await expect(inboxRow(ben, name)).toHaveCount(0);
  });

  await test.step('the admin answers and closes it: the customer sees that', async () => {
    await write(ada, 'They are on their way');
    await ada.getByRole('button', { name: 'Close conversation' }).click();
    await expect(ada.getByRole('button', { name: 'Reopen conversation' })).toBeFocused();
    await expect(inboxRow(ada, name)).toHaveCount(0);
    await expect.poll(() => openIn(ada, 'Mine')).toBe(before.mine);
    await expect(conversation(ada).getByText('You have closed the conversation.')).toBeVisible();
    await expect(conversation(customer).getByText('Ada Moss has closed the conversation.')).toBeVisible();
    await expect(customer.getByText('You can write on here')).toBeVisible();
    await inboxTab(ben, 'All').click();
    await expect(inboxRow(ben, name)).toContainText('Closed');
  });

  await test.step('the customer comes back to it, and begins another one', async () => {
    await customer.reload();
    await expect(customer.getByRole('listitem').filter({ hasText: 'Closed' })).toBeVisible();
    await openWidget(customer);
    await expect(conversation(customer).getByText('They are on their way')).toBeVisible();
    await customer.getByRole('button', { name: 'Start a new conversation' }).click();
    await expect(customer.getByText('How can we help?')).toBeVisible();
    await expect(composer(customer)).toBeFocused();
    await write(customer, 'Another question');
    await expect(conversation(customer).getByText('Another question')).toBeVisible();
    await expect(inboxRow(ben, name)).toHaveCount(2);
  });

  await test.step('the old one can’t be reopened, and the words say why and lead to the new one', async () => {
    await ada.getByRole('button', { name: 'Reopen conversation' }).click();
    await expect(ada.getByText('Not reopened. The customer has begun another conversation')).toBeVisible();
    // The browser’s own word for what was refused.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('status of 409')]);
    await ada.getByRole('link', { name: 'Go to the open conversation' }).click();
    await expect(conversation(ada).getByText('Another question')).toBeVisible();
  });

  await test.step('the customer reads the old one and ends the new one', async () => {
    await customer.getByRole('button', { name: 'Close chat' }).click();
    await customer.getByRole('button', { name: /Closed/ }).click();
    await expect(customer.getByText('another one of yours is open')).toBeVisible();
    await customer.getByRole('button', { name: 'Go to the open conversation' }).click();
    await expect(conversation(customer).getByText('Another question')).toBeVisible();
    await customer.getByRole('button', { name: 'More' }).click();
    await customer.getByRole('menuitem', { name: 'End conversation' }).click();
    await expect(conversation(customer).getByText('You have closed the conversation.')).toBeVisible();
    await expect(conversation(ada).getByText(`${name} has closed the conversation.`)).toBeVisible();
    await customer.keyboard.press('Escape');
    await expect(launcher(customer)).toBeFocused();
  });
});

test('a closed conversation goes on with a message, from either side', async ({ visit }) => {
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Wendy Writeson';
  await register(customer, aNewAccount(name));
  await openWidget(customer);
  await write(customer, 'A question');
  await signIn(admin, DEMO_ADMIN);
  await openFromInbox(admin, name);
  for (const [page, words] of [
    [customer, 'Still there?'],
    [admin, 'One more thing'],
  ] as const) {
    await admin.getByRole('button', { name: 'Close conversation' }).click();
    await expect(customer.getByText('You can write on here')).toBeVisible();
    if (page === customer) await customer.getByRole('button', { name: 'Write on' }).click();
    await expect(composer(page)).toBeEditable();
    await write(page, words);
    await expect(admin.getByRole('button', { name: 'Close conversation' })).toBeVisible();
    await expect(customer.getByText('You can write on here')).toBeHidden();
    for (const reader of [customer, admin]) await expect(conversation(reader).getByText(words)).toBeVisible();
  }
});
