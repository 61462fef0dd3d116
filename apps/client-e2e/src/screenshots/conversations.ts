import { DEMO_ADMIN, DEMO_CUSTOMER } from '../support/acts';

/** What is said in one conversation, in turns; a text of the admin stands behind an arrow. */
interface Talk {
  customer: string;
  lines: readonly string[];
}

const ANSWER = '→ ';

const TALKS: readonly Talk[] = [
  {
    customer: 'Ines Okafor',
    lines: ['Could you send the invoice for 1207 once more?', '→ It is in your mailbox.', 'Thank you!'],
  },
  { customer: 'Jun Tanaka', lines: ['Is there a way to get the pictures as TIFF?'] },
  { customer: 'Paul Weber', lines: ['The download stops at 80 %.', '→ Which browser do you use?'] },
  {
    customer: 'Amélie Durand',
    lines: ['Is it possible to order prints of retouched photos?', '→ Yes, from 13 × 18 cm.'],
  },
  {
    customer: 'Noah Lindqvist',
    lines: ['I can’t find the files of the studio session.', 'It was on the second of March.'],
  },
  {
    customer: 'Sofia Marin',
    lines: ['What does express delivery cost?', '→ 20 % on top; within a day.', 'Good, I’ll take it.'],
  },
];

const DEMO_TALK: readonly string[] = [
  'Hello! I sent you the wedding set on Friday, order 1212.',
  'The dresses look a little green to me. Can that be corrected?',
  '→ Good morning! I see what you mean: the white balance of the garden pictures is off.',
  '→ I’ll give them to the retoucher again. You’ll have them tomorrow at noon.',
  'Wonderful. Does that cost anything?',
  '→ No, that’s on us: https://example.com/guarantee',
];

/** Fills the product with conversations, by the calls that anybody can make. */
export async function fillWithConversations(url: string): Promise<void> {
  const admin = await post(url, 'auth/login', DEMO_ADMIN);
  for (const { customer, lines } of TALKS) {
    const email = `${customer
      .split(' ', 1)[0]
      ?.normalize('NFD')
      .replace(/[^a-z]/giu, '')
      .toLowerCase()}@example.com`;
    const account = await post(url, 'auth/register', {
      name: customer,
      email,
      password: 'correct-horse-battery',
    });
    await talk(url, account.token, admin.token, lines);
  }
  await talk(url, (await post(url, 'auth/login', DEMO_CUSTOMER)).token, admin.token, DEMO_TALK);
}

/** Gives the demo admin colleagues, one of whom has left. */
export async function fillTeam(url: string): Promise<void> {
  const { token } = await post(url, 'auth/login', DEMO_ADMIN);
  const add = (name: string, email: string) =>
    post<{ id: string }>(url, 'chat/admin/team', { name, email, password: 'correct-horse-battery' }, token);
  await add('Bo Lind', 'bo.lind@example.com');
  await add('Charlotte Featherstone', 'charlotte@example.com');
  const { id } = await add('Vera Solis', 'vera.solis@example.com');
  await post(url, `chat/admin/team/${id}/disable`, {}, token);
}

async function talk(url: string, customer: string, admin: string, lines: readonly string[]): Promise<void> {
  const response = await fetch(`${url}/api/chat/user/chat`, {
    headers: { authorization: `Bearer ${customer}` },
  });
  const { id }: { id: string } = await response.json();
  for (const line of lines) {
    const isAnswer = line.startsWith(ANSWER);
    const message = isAnswer ? line.slice(ANSWER.length) : line;
    const path = `chat/${isAnswer ? 'admin' : 'user'}/chat/${id}`;
    await post(url, `${path}/messages`, { message }, isAnswer ? admin : customer);
    if (isAnswer) await post(url, `${path}/read`, {}, admin);
  }
}

async function post<T = { token: string }>(url: string, path: string, body: object, token = ''): Promise<T> {
  const response = await fetch(`${url}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
