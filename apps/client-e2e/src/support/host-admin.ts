import { randomUUID } from 'node:crypto';

import { type ApiProcess, inSeconds, signToken } from '@elite-chat/api-process';
import { type Page } from '@playwright/test';

/** A new admin of the host application, signed in as that application does it: by a session that is kept already. */
export async function enterAsHostAdmin(page: Page, product: ApiProcess, name: string): Promise<void> {
  const exp = inSeconds(3_600);
  const token = signToken({ sub: randomUUID(), name, email: 'admin@host.example', role: 'admin', exp });
  const answer = await fetch(`${product.url}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } });
  const session = JSON.stringify({ token, user: await answer.json(), expiresAt: exp * 1_000 });
  await page.goto('/sign-in');
  await page.evaluate((kept) => localStorage.setItem('elite-chat.session', kept), session);
  await page.goto('/admin/messages');
}
