import type { Page } from '@playwright/test';

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
import { expect, test } from './support/test';

const MESSAGES = 500;

/** How far the thread is scrolled from its end, in CSS pixels. */
const distanceToEnd = (page: Page) =>
  conversation(page).evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);

/** Where a message stands in the window; undefined when it is not there. */
const placeOf = async (page: Page, text: string) =>
  (await conversation(page).getByText(text, { exact: true }).boundingBox())?.y;

test('a long thread opens at its end, keeps the reader’s place, and follows only who is at the end', async ({
  visit,
}) => {
  test.setTimeout(180_000);
  const [{ page: customer, context }, { page: admin }] = [await visit(), await visit()];
  const name = 'Lena Long';
  const account = aNewAccount(name);
  await register(customer, account);
  await test.step(`${MESSAGES} messages are written`, async () => {
    const login = await context.request.post('/api/auth/login', {
      data: { email: account.email, password: account.password },
    });
    const headers = { authorization: `Bearer ${(await login.json()).token}` };
    const { id } = await (await context.request.get('/api/chat/user/chat', { headers })).json();
    for (let from = 1; from <= MESSAGES; from += 50) {
      const texts = Array.from({ length: 50 }, (_, index) => `Message number ${from + index}.`);
      for (const message of texts) {
        const sent = await context.request.post(`/api/chat/user/chat/${id}/messages`, {
          headers,
          data: { message },
        });
        expect(sent.status()).toBe(201);
      }
    }
  });

  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await openFromInbox(admin, name);
  await expect(conversation(admin).getByText(`Message number ${MESSAGES}.`)).toBeVisible();
  expect(await distanceToEnd(admin)).toBeLessThan(8);

  await test.step('older pages come above without moving what is read', async () => {
    const first = `Message number ${MESSAGES - 40}.`;
    await conversation(admin).getByText(first, { exact: true }).scrollIntoViewIfNeeded();
    await conversation(admin).evaluate((box) => box.scrollBy(0, -100));
    await expect(conversation(admin).getByText(`Message number ${MESSAGES - 90}.`)).toBeAttached();
    const before = await placeOf(admin, first);
    await conversation(admin).evaluate((box) => box.scrollBy(0, -40));
    await expect
      .poll(async () => Math.abs(((await placeOf(admin, first)) ?? 0) - (before ?? 0)))
      .toBeLessThan(60);
  });

  await test.step('a reader further up is not pulled away, and told how much is new', async () => {
    const seen = `Message number ${MESSAGES - 30}.`;
    await conversation(admin).getByText(seen, { exact: true }).scrollIntoViewIfNeeded();
    const before = await placeOf(admin, seen);
    await openWidget(customer);
    await write(customer, 'Something new');
    await expect(admin.getByRole('button', { name: '1 new' })).toBeVisible();
    expect(await placeOf(admin, seen)).toBe(before);
    await admin.getByRole('button', { name: '1 new' }).click();
    await expect(conversation(admin).getByText('Something new')).toBeInViewport();
    await expect(admin.getByRole('button', { name: '1 new' })).toBeHidden();
  });

  await test.step('a reader at the end is taken along, and so is who writes', async () => {
    await write(customer, 'And one more');
    await expect(conversation(admin).getByText('And one more')).toBeInViewport();
    await conversation(admin).evaluate((box) => box.scrollTo(0, box.scrollHeight - box.clientHeight - 900));
    await composer(admin).fill('My answer');
    await composer(admin).press('Enter');
    await expect(conversation(admin).getByText('My answer')).toBeInViewport();
  });
});
