import {
  aNewAccount,
  composer,
  conversation,
  DEMO_ADMIN,
  inboxRow,
  launcher,
  openFromInbox,
  openWidget,
  register,
  signIn,
  unreadConversations,
  write,
} from './support/acts';
import { expect, test } from './support/test';

test('a customer asks, an admin is notified and answers, and both find it again', async ({ visit }) => {
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Cora Story';
  let unreadBefore = 0;

  await test.step('the customer registers and writes', async () => {
    await register(customer, aNewAccount(name));
    await openWidget(customer);
    await signIn(admin, DEMO_ADMIN);
    await expect(admin.getByRole('region', { name: 'Conversations' })).toBeVisible();
    await expect(admin.getByText('Loading conversations')).toBeHidden();
    unreadBefore = await unreadConversations(admin);
    await write(customer, 'Where are my photos?');
    await expect(conversation(customer).getByText('Where are my photos?')).toHaveCount(1);
  });

  await test.step('the admin is notified: by the tab and by a row', async () => {
    await expect.poll(() => unreadConversations(admin)).toBe(unreadBefore + 1);
    await expect(inboxRow(admin, name)).toContainText('Where are my photos?');
    await expect(inboxRow(admin, name)).toContainText('1 unread message');
  });

  await test.step('the admin opens the conversation, and the customer sees that it was read', async () => {
    await openFromInbox(admin, name);
    await expect(conversation(admin).getByText('Where are my photos?')).toBeVisible();
    await expect(inboxRow(admin, name)).not.toContainText('unread message');
    await expect(conversation(customer).getByText('Read', { exact: true })).toBeVisible();
  });

  await test.step('the admin writes, which the customer sees, and answers', async () => {
    await composer(admin).pressSequentially('On their');
    await expect(customer.getByText(/is typing/)).toBeVisible();
    await composer(admin).pressSequentially(' way');
    await composer(admin).press('Enter');
    await expect(conversation(customer).getByText('On their way')).toBeVisible();
    await expect(customer.getByText(/is typing/)).toBeHidden();
    await expect(conversation(admin).getByText('On their way')).toHaveCount(1);
  });

  await test.step('the customer’s writing is seen by the admin', async () => {
    await composer(customer).pressSequentially('Thank');
    await expect(admin.getByText(`${name} is typing`)).toBeVisible();
    await composer(customer).fill('');
    await expect(admin.getByText(`${name} is typing`)).toBeHidden();
  });

  await test.step('a closed widget tells of what is new', async () => {
    await customer.getByRole('button', { name: 'Close chat' }).click();
    await expect(conversation(customer)).toBeHidden();
    await write(admin, 'Did they arrive?');
    await expect(launcher(customer)).toHaveAccessibleDescription(/1 unread message/);
    await openWidget(customer);
    await expect(conversation(customer).getByText('Did they arrive?')).toBeVisible();
    await expect(conversation(admin).getByText('Read', { exact: true }).last()).toBeVisible();
  });

  await test.step('both reload and find everything, once and in order', async () => {
    const texts = ['Where are my photos?', 'On their way', 'Did they arrive?'];
    await Promise.all([customer.reload(), admin.reload()]);
    await openWidget(customer);
    for (const page of [customer, admin]) {
      await expect(conversation(page).getByText('Did they arrive?')).toBeVisible();
      const shown = (await conversation(page).innerText()).replaceAll('\n', ' ');
      expect(shown).toMatch(new RegExp(texts.map((text) => text.replace('?', '\\?')).join('.*')));
      for (const text of texts) await expect(conversation(page).getByText(text)).toHaveCount(1);
    }
    await expect.poll(() => unreadConversations(admin)).toBe(unreadBefore);
  });

  await test.step('the customer signs out, and the page forgets', async () => {
    await customer.getByRole('button', { name: 'Account' }).click();
    await customer.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(customer.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await customer.goto('/dashboard');
    await expect(customer.getByRole('button', { name: 'Sign in' })).toBeVisible();
  });
});

test('what somebody writes is shown as written, never run', async ({ visit }) => {
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Mallory Markup';
  const text =
    '<img src=x onerror="document.title=1"><script>document.title=2</script> {{ 7 * 7 }} javascript:alert(1)';
  await register(customer, aNewAccount(`${name} <b>`));
  await openWidget(customer);
  await write(customer, text);
  await signIn(admin, DEMO_ADMIN);
  await openFromInbox(admin, name);
  for (const page of [customer, admin]) {
    await expect(conversation(page).getByText(text)).toHaveCount(1);
    await expect(page.locator('script:text("document.title"), img[src="x"]')).toHaveCount(0);
    expect(await page.title()).not.toMatch(/^[12]$/);
  }
});

test('each sees only their own conversations', async ({ visit }) => {
  const [{ page: cora }, { page: ben }] = [await visit(), await visit()];
  await register(cora, aNewAccount('Cora Own'));
  await register(ben, aNewAccount('Ben Own'));
  await openWidget(cora);
  await openWidget(ben);
  await write(cora, 'For the admins only');
  await write(ben, 'From Ben');
  await expect(conversation(ben).getByText('From Ben')).toBeVisible();
  await expect(ben.getByText('For the admins only')).toHaveCount(0);
  await ben.goto('/admin/messages');
  await expect(ben.getByRole('list', { name: 'Conversations' })).toHaveCount(0);
  await expect(launcher(ben)).toBeVisible();
});

test('a second tab of the same customer follows', async ({ visit }) => {
  const { page, context } = await visit();
  await register(page, aNewAccount('Tabitha Two'));
  await openWidget(page);
  const second = await context.newPage();
  await second.goto('/dashboard');
  await openWidget(second);
  await write(page, 'From the first tab');
  await expect(conversation(second).getByText('From the first tab')).toHaveCount(1);
  await write(second, 'From the second');
  await expect(conversation(page).getByText('From the second')).toHaveCount(1);
});
