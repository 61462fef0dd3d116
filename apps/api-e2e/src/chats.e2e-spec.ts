import { apiPaths, type ChatDto, type ChatListDto } from '@elite-chat/contracts';

import { eventually } from './support/eventually';
import { type Person } from './support/people';
import { useStage } from './support/stage';

const stage = useStage();

let admin: Person;

beforeAll(async () => {
  admin = await stage.people.admin();
});

async function inbox(query = ''): Promise<ChatListDto> {
  const { status, body } = await admin.rest.get<ChatListDto>(`${apiPaths.adminChats}${query}`);
  expect(status).toBe(200);
  return body;
}

async function wholeInbox(limit: number): Promise<ChatDto[]> {
  const found: ChatDto[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: ChatListDto = await inbox(
      `?limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    expect(page.chats.length).toBeLessThanOrEqual(limit);
    found.push(...page.chats);
    cursor = page.nextCursor;
  }
  return found;
}

describe('a customer’s chat', () => {
  it('is made when first asked for, whole and empty', async () => {
    const customer = await stage.people.customer('Cora Lane');
    expect(await customer.chat()).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      user: { id: customer.user.id, name: 'Cora Lane', email: customer.user.email },
      admin: null,
      isActive: true,
      lastMessage: null,
      lastMessageTime: null,
      lastSender: null,
      unreadCount: { user: 0, admin: 0 },
      lastSeq: 0,
      readSeq: { user: 0, admin: 0 },
      epoch: expect.any(String),
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
  });

  it('is one, however many calls want to make it at once', async () => {
    const customer = await stage.people.customer();
    const chats = await Promise.all(Array.from({ length: 20 }, () => customer.chat()));
    expect(new Set(chats.map(({ id }) => id)).size).toBe(1);
    const { body } = await customer.rest.get<ChatListDto>(apiPaths.userChats);
    expect(body).toEqual({ chats: [expect.objectContaining({ id: chats[0]?.id })], nextCursor: null });
  });

  it('stands in the customer’s list with its newest message', async () => {
    const customer = await stage.people.customer();
    const { id } = await customer.chat();
    await customer.writes(id, 'Hello');
    const { body } = await eventually(
      () => customer.rest.get<ChatListDto>(apiPaths.userChats),
      (answer) => answer.body.chats[0]?.lastMessage === 'Hello',
    );
    expect(body.chats).toEqual([await customer.chat()]);
  });

  it('shows a long message by its beginning', async () => {
    const customer = await stage.people.customer();
    const { id } = await customer.chat();
    await customer.writes(id, '👨‍👩‍👧‍👦'.repeat(600));
    const { lastMessage } = await customer.chat();
    expect(lastMessage?.startsWith('👨‍👩‍👧‍👦')).toBe(true);
    expect(lastMessage?.isWellFormed()).toBe(true);
    expect(lastMessage?.length).toBeLessThan(600 * '👨‍👩‍👧‍👦'.length);
  });
});

describe('the inbox', () => {
  it('has no chat without a message of a person', async () => {
    const customer = await stage.people.customer();
    const { id } = await customer.chat();
    await admin.rest.post(apiPaths.adminAssign(id), {});
    expect((await wholeInbox(100)).map((chat) => chat.id)).not.toContain(id);
    await customer.writes(id, 'Now it has');
    await eventually(
      async () => (await inbox()).chats.map((chat) => chat.id),
      (ids) => ids.includes(id),
    );
  });

  it('shows every chat once and the newest activity first, in pages of any size', async () => {
    const customers = await Promise.all(
      Array.from({ length: 23 }, (_, index) => stage.people.customer(`Customer ${index}`)),
    );
    const written: string[] = [];
    for (const customer of customers) {
      const { id } = await customer.chat();
      await customer.writes(id, 'Hello');
      written.unshift(id);
    }
    const third = customers[2];
    if (third) {
      const { id } = await third.chat();
      await third.writes(id, 'Again');
      written.splice(written.indexOf(id), 1);
      written.unshift(id);
    }
    await eventually(
      async () => (await inbox('?limit=100')).chats.map(({ id }) => id),
      (ids) => ids[0] === written[0] && written.every((id) => ids.includes(id)),
      'every chat in the inbox',
    );
    for (const limit of [1, 7, 100]) {
      const ids = (await wholeInbox(limit)).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => written.includes(id))).toEqual(written);
    }
  });

  it('goes on from a cursor without doubles or gaps while others write', async () => {
    const first = await inbox('?limit=5');
    const seen = new Set(first.chats.map(({ id }) => id));
    const newcomer = await stage.people.customer();
    await newcomer.writes((await newcomer.chat()).id, 'I am new');
    const second = await inbox(`?limit=5&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    expect(second.chats.filter(({ id }) => seen.has(id))).toEqual([]);
    const last = first.chats.at(-1);
    const next = second.chats[0];
    expect(String(next?.lastMessageTime) <= String(last?.lastMessageTime)).toBe(true);
  });
});
