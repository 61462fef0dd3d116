import { type InboxFilter } from '@elite-chat/contracts';

import { createTestDatabase, type TestDatabase } from '../../../../test/test-database';
import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { type ChatNode, startChatNode } from '../testing/chat-node';

describe('the inbox', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let admin: AuthenticatedUser;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    admin = await node.signIn('admin', 'Ada Moss');
  });

  afterAll(async () => {
    await node.stop();
    await database.drop();
  });

  const write = async (person: AuthenticatedUser, chatId: string) => {
    await node.messagesService.send(person, chatId, { message: 'a message' });
    await node.projection.flush();
  };
  const begin = async (name: string) => {
    const customer = await node.signIn('user', name);
    const { id } = await node.chatsService.ownActiveChat(customer);
    return { customer, id };
  };

  it('shows what a filter names, at once with the change, newest activity first', async () => {
    const chats = [await begin('A'), await begin('B'), await begin('C'), await begin('D')] as const;
    const names = new Map(chats.map(({ id }, index) => [id, 'ABCD'.charAt(index)]));
    const shown = async (show: InboxFilter) =>
      (await node.chatsService.inbox(admin, { show })).chats.map(({ id }) => names.get(id)).join('');
    const all = async () => [
      await shown('all'),
      await shown('waiting'),
      await shown('unread'),
      await shown('open'),
    ];
    const [a, b, c] = chats;
    expect(await all()).toEqual(['', '', '', '']);
    for (const { customer, id } of [a, b, c]) await write(customer, id);
    expect(await all()).toEqual(['CBA', 'CBA', 'CBA', 'CBA']);
    await write(admin, a.id);
    expect(await all()).toEqual(['ACB', 'CB', 'ACB', 'ACB']);
    await node.readMarks.markRead(admin, a.id, {});
    await node.readMarks.markRead(admin, b.id, {});
    expect(await all()).toEqual(['ACB', 'CB', 'C', 'ACB']);
    await node.close(c.id);
    expect(await all()).toEqual(['ACB', 'B', 'C', 'AB']);
  });

  it('shows each admin their own open chats and those that are nobody’s, at once with the change', async () => {
    const ben = await node.signIn('admin', 'Ben Hale');
    const chats = [await begin('A'), await begin('B'), await begin('C')] as const;
    const names = new Map(chats.map(({ id }, index) => [id, 'ABC'.charAt(index)]));
    const shown = async (person: AuthenticatedUser, show: InboxFilter) =>
      (await node.chatsService.inbox(person, { show })).chats.map(({ id }) => names.get(id) ?? '').join('');
    const all = async () => [
      await shown(admin, 'mine'),
      await shown(ben, 'mine'),
      await shown(admin, 'unassigned'),
    ];
    const [a, b, c] = chats;
    await node.chatsService.assign(admin, a.id, {});
    expect(await all()).toEqual(['', '', '']);
    for (const { customer, id } of chats) await write(customer, id);
    expect(await all()).toEqual(['A', '', 'CB']);
    await write(ben, b.id);
    expect(await all()).toEqual(['A', 'B', 'C']);
    await node.chatsService.assign(ben, a.id, {});
    expect(await all()).toEqual(['', 'BA', 'C']);
    await node.chatsService.unassign(admin, a.id);
    await node.chatsService.close(ben, b.id);
    await node.chatsService.close(c.customer, c.id);
    expect(await all()).toEqual(['', '', 'A']);
    await node.chatsService.reopen(admin, b.id);
    await write(c.customer, c.id);
    expect(await all()).toEqual(['', 'B', 'CA']);
  });

  it('pages through a filter without showing one twice or missing one, whatever else is written', async () => {
    const chats = await Promise.all(Array.from({ length: 14 }, (_, index) => begin(`Customer ${index}`)));
    for (const { customer, id } of chats) await write(customer, id);
    const expected = (await node.chatsService.inbox(admin, { show: 'waiting' })).chats.map(({ id }) => id);
    const seen: string[] = [];
    const moved: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await node.chatsService.inbox(admin, { show: 'waiting', limit: 3, cursor });
      seen.push(...page.chats.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      // One that was seen moves to the top, one that was not is answered, a new one comes.
      const [first] = page.chats;
      const chat = chats.find(({ id }) => id === first?.id);
      if (chat) await write(chat.customer, chat.id);
      const answered = chats.find(({ id }) => !seen.includes(id) && !moved.includes(id));
      if (answered) {
        moved.push(answered.id);
        await write(admin, answered.id);
      }
      const { customer, id } = await begin('Newcomer');
      await write(customer, id);
    } while (cursor);
    expect(seen).toEqual(expected.filter((id) => seen.includes(id) || !moved.includes(id)));
    expect(moved.length).toBeGreaterThan(2);
    expect(seen.filter((id) => moved.includes(id))).toEqual([]);
  });
});
