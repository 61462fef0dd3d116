import { createTestDatabase, type TestDatabase } from '../../../test/test-database';
import { type AuthenticatedUser } from '../auth/authenticated-user';
import { type ChatNode, startChatNode } from './testing/chat-node';

describe('chats', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let other: ChatNode;
  let customer: AuthenticatedUser;
  let admin: AuthenticatedUser;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    other = await startChatNode(database.uri);
  });

  beforeEach(async () => {
    await Promise.all([node.chats.deleteMany({}), node.messages.deleteMany({})]);
    customer = await node.signIn('user', 'Cora Lane');
    admin = await node.signIn('admin', 'Ada Moss');
  });

  afterAll(async () => {
    await Promise.all([node.stop(), other.stop()]);
    await database.drop();
  });

  it('makes one active chat when many calls on two nodes want it at once', async () => {
    const chats = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? node : other).chatsService.ownActiveChat(customer),
      ),
    );
    expect(new Set(chats.map(({ id }) => id)).size).toBe(1);
    expect(await node.chats.countDocuments({ user: customer.id })).toBe(1);
  });

  it('shows a chat to its customer and to admins, and to nobody else a sign that it exists', async () => {
    const { id } = await node.chatsService.ownActiveChat(customer);
    const stranger = await node.signIn('user', 'Eve');
    const refusalOf = (chatId: string) =>
      node.chatsService.chat(stranger, chatId).catch((error: unknown) => error);
    expect(await node.chatsService.chat(admin, id)).toMatchObject({ id });
    expect(await refusalOf(id)).toEqual(await refusalOf('665f1f77bcf86cd799439011'));
    expect(await refusalOf(id)).toMatchObject({ code: 'not_found' });
  });

  it('keeps customers out of the acts of admins, and the reverse', async () => {
    const { id } = await node.chatsService.ownActiveChat(customer);
    const refused = { code: 'forbidden' };
    await expect(node.chatsService.inbox(customer, {})).rejects.toMatchObject(refused);
    await expect(node.chatsService.assign(customer, id, {})).rejects.toMatchObject(refused);
    await expect(node.chatsService.ownActiveChat(admin)).rejects.toMatchObject(refused);
    await expect(node.chatsService.ownChats(admin, {})).rejects.toMatchObject(refused);
  });

  it('lists a chat the moment after its first message', async () => {
    const { id } = await node.chatsService.ownActiveChat(customer);
    await node.messagesService.send(customer, id, { message: 'Hello' });
    expect((await node.chatsService.inbox(admin, {})).chats).toMatchObject([
      { id, lastMessage: 'Hello', lastSender: { id: customer.id, name: customer.name, role: 'user' } },
    ]);
  });

  it('assigns anew where another node has changed the assignee meanwhile', async () => {
    const second = await node.signIn('admin', 'Bo Lind');
    const { id } = await node.chatsService.ownActiveChat(customer);
    await node.chatsService.assign(admin, id, {});
    await other.chatsService.assign(admin, id, { adminId: second.id });
    expect(await node.chatsService.assign(admin, id, {})).toMatchObject({ admin: { id: admin.id } });
  });

  it('lists in the inbox the chats with a message only, newest activity first, page by page', async () => {
    const customers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => node.signIn('user', `Customer ${index}`)),
    );
    const written: string[] = [];
    for (const [index, person] of customers.entries()) {
      const { id } = await node.chatsService.ownActiveChat(person);
      if (index % 4 === 3) continue;
      await node.messagesService.send(person, id, { message: `from ${index}` });
      written.unshift(id);
    }
    await node.projection.flush();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await node.chatsService.inbox(admin, { limit: 2, cursor });
      seen.push(...page.chats.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(written);
  });

  it('moves a chat to the top of the inbox with a message', async () => {
    const second = await node.signIn('user', 'Ben Hale');
    const one = await node.chatsService.ownActiveChat(customer);
    const two = await node.chatsService.ownActiveChat(second);
    await node.messagesService.send(customer, one.id, { message: 'one' });
    await node.messagesService.send(second, two.id, { message: 'two' });
    await node.messagesService.send(customer, one.id, { message: 'three' });
    await node.projection.flush();
    const { chats } = await node.chatsService.inbox(admin, {});
    expect(chats.map(({ id, lastMessage }) => [id, lastMessage])).toEqual([
      [one.id, 'three'],
      [two.id, 'two'],
    ]);
  });

  it('lists a customer’s own chats, also those without a message', async () => {
    const first = await node.chatsService.ownActiveChat(customer);
    await node.close(first.id);
    const second = await node.chatsService.ownActiveChat(customer);
    await node.chatsService.ownActiveChat(await node.signIn('user', 'Somebody else'));
    const { chats, nextCursor } = await node.chatsService.ownChats(customer, {});
    expect(chats.map(({ id, isActive }) => [id, isActive])).toEqual([
      [second.id, true],
      [first.id, false],
    ]);
    expect(nextCursor).toBeNull();
  });

  it('refuses a cursor that is none', async () => {
    await expect(node.chatsService.inbox(admin, { cursor: '{"$gt":""}' })).rejects.toMatchObject({
      code: 'validation_failed',
      details: [{ field: 'cursor' }],
    });
  });
});
