import { DEMO_CUSTOMER } from './support/acts';
import { expect, test } from './support/test';

test('the pages speak German to who asks for it, and it is kept', async ({ visit }) => {
  const { page } = await visit();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
  await expect(page).toHaveTitle('Anmelden · EliteChat');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await expect(page.getByText('Bitte geben Sie Ihr Passwort ein.')).toBeVisible();
  await page.getByLabel('E-Mail').fill(DEMO_CUSTOMER.email);
  await page.getByLabel('Passwort').fill(DEMO_CUSTOMER.password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('button', { name: 'Chat öffnen' }).click();
  await expect(page.getByRole('textbox', { name: 'Nachricht' })).toBeFocused();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Ihre Gespräche' })).toBeVisible();

  await page.getByRole('button', { name: 'Konto' }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Your conversations' })).toBeVisible();
});

test.describe('a German browser', () => {
  test.use({ locale: 'de-AT' });

  test('is spoken to in German from the start', async ({ visit }) => {
    const { page } = await visit();
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
  });
});
