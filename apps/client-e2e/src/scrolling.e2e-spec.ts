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
import { writeMany } from './support/long-chat';
import { expect, test } from './support/test';

const MESSAGES = 10_000;

/** So many elements of messages at most, however long the thread is. */
const ELEMENTS_MAX = 200;

/** Messages of one to nine lines. */
const textOf = (seq: number) =>
  `Message number ${seq}.` + ' There is more to say about this one.'.repeat((seq * 7) % 9);

/** How far the thread is scrolled from its end, in CSS pixels. */
const distanceToEnd = (page: Page) =>
  conversation(page).evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);

/** The messages in view with how far below the top of the box each stands; how many are drawn; the empty part. */
const look = (page: Page) =>
  conversation(page).evaluate((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    const bubbles = [...box.querySelectorAll('chat-message-bubble')];
    const inView = bubbles.flatMap((bubble) => {
      const rect = bubble.getBoundingClientRect();
      const number = Number(/number (\d+)/.exec(bubble.textContent)?.[1] ?? 0);
      return rect.bottom > top && rect.top < bottom ? [{ number, place: rect.top - top }] : [];
    });
    return { drawn: bubbles.length, inView };
  });

/**
 * Scrolls up to the first message, a part of the box in each frame, while pages come. Answers the most messages that
 * were drawn at once, and those that moved otherwise than they were scrolled, by more than a pixel.
 */
const scrollToFirst = (page: Page) =>
  conversation(page).evaluate(async (box) => {
    const bubbles = () => [...box.querySelectorAll('chat-message-bubble')];
    const numberOf = (bubble: Element) => Number(/number (\d+)/.exec(bubble.textContent)?.[1] ?? 0);
    const { top, bottom } = box.getBoundingClientRect();
    const places = () =>
      new Map(
        bubbles()
          .map((bubble): [number, DOMRect] => [numberOf(bubble), bubble.getBoundingClientRect()])
          .filter(([, rect]) => rect.bottom > top && rect.top < bottom)
          .map(([number, rect]) => [number, rect.bottom]),
      );
    const jumps: unknown[] = [];
    let drawn = 0;
    for (let before = places(); !before.has(1);) {
      const start = box.scrollTop;
      box.scrollTop -= 300;
      const scrolled = start - box.scrollTop;
      await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve));
      const after = places();
      // The lowest: what was first of all loaded loses its name when others come before it.
      const number = [...before.keys()].filter((key) => after.has(key)).at(-1) ?? 0;
      const moved = (after.get(number) ?? 0) - (before.get(number) ?? 0);
      if (Math.abs(moved - scrolled) > 1) jumps.push({ number, moved, scrolled });
      drawn = Math.max(drawn, bubbles().length);
      before = after;
    }
    return { jumps, drawn };
  });

test('ten thousand messages open at their end, keep the reader’s place, and follow only who is at the end', async ({
  visit,
  product,
}) => {
  test.setTimeout(300_000);
  const [{ page: customer }, { page: admin }] = [await visit(), await visit()];
  const name = 'Lena Long';
  const account = aNewAccount(name);
  await register(customer, account);
  await test.step(`${MESSAGES} messages are written`, () =>
    writeMany(
      product.url,
      account,
      Array.from({ length: MESSAGES }, (_, index) => textOf(index + 1)),
    ));

  await signIn(admin, DEMO_ADMIN);
  await admin.goto('/admin/messages');
  await openFromInbox(admin, name);
  const message = (seq: number) => conversation(admin).getByText(new RegExp(`^\\s*Message number ${seq}\\.`));
  await expect(message(MESSAGES)).toBeInViewport();
  expect(await distanceToEnd(admin)).toBeLessThan(8);

  await test.step('the reader scrolls up to the first message: few are drawn, none jumps', async () => {
    const { jumps, drawn } = await scrollToFirst(admin);
    expect(jumps).toEqual([]);
    expect(drawn).toBeLessThanOrEqual(ELEMENTS_MAX);
  });

  await test.step('the end is one press away', async () => {
    await expect(message(1)).toBeInViewport();
    await admin.getByRole('button', { name: 'Go to the newest message' }).click();
    await expect(message(MESSAGES)).toBeInViewport();
    expect(await distanceToEnd(admin)).toBeLessThan(8);
    expect((await look(admin)).drawn).toBeLessThanOrEqual(ELEMENTS_MAX);
  });

  await test.step('a reader further up is not pulled away, and told how much is new', async () => {
    await conversation(admin).evaluate((box) => box.scrollBy(0, -1_500));
    await expect(admin.getByRole('button', { name: 'Go to the newest message' })).toBeVisible();
    const { inView } = await look(admin);
    await openWidget(customer);
    await write(customer, 'Something new');
    await expect(admin.getByRole('button', { name: '1 new' })).toBeVisible();
    expect((await look(admin)).inView).toEqual(inView);
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

  await test.step('the keyboard goes to either end of what is loaded', async () => {
    await conversation(admin).focus();
    await admin.keyboard.press('Home');
    await expect(message(MESSAGES)).not.toBeInViewport();
    await admin.keyboard.press('Control+End');
    await expect(conversation(admin).getByText('My answer')).toBeInViewport();
  });
});
