import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Nothing on the page stands in the way of people who can't see it, or not well. */
export async function expectNoViolations(page: Page, place: string, ...exceptions: string[]): Promise<void> {
  // The page is loaded before it is drawn; under a dialog it is hidden from those who listen.
  await expect(page.locator('h1').first()).toBeAttached();
  // What fades in has not its final colours yet.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const { violations } = await new AxeBuilder({ page }).disableRules(exceptions).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help} at ${nodes.map(({ target }) => target).join(', ')}`,
  );
  expect(found, place).toEqual([]);
}
