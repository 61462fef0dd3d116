import { createTestDatabase, type TestDatabase } from '../../../../test/test-database';
import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { inconsistencies } from '../../backup/testing/inconsistencies';
import { type ChatNode, startChatNode } from '../../chat/testing/chat-node';
import { OPEN_CHATS_BY_ASSIGNEE } from './open-chats-by-assignee';

describe('the migration to open chats by assignee', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let admin: AuthenticatedUser;

  beforeEach(async () => {
    database = await createTestDatabase();
    node = await startChatNode(database.uri);
    admin = await node.signIn('admin', 'Ada Moss');
  });

  afterEach(async () => {
    await node.stop();
    await database.drop();
  });

  const begin = async (name: string): Promise<string> => {
    const customer = await node.signIn('user', name);
    const { id } = await node.chatsService.ownActiveChat(customer);
    await node.messagesService.send(customer, id, { message: 'Hello' });
    return id;
  };

  it('puts chats of before into the tabs and the counters, also when it is run again', async () => {
    const [own, nobodys, closed] = [await begin('A'), await begin('B'), await begin('C')];
    await node.chatsService.assign(admin, own, {});
    await node.chatsService.close(admin, closed);
    await node.chatsService.ownActiveChat(await node.signIn('user', 'D'));
    await node.counting.flush();
    // As the version before has left it.
    await node.chats.collection.updateMany({}, { $unset: { openAssignee: '', 'counted.openAssignee': '' } });
    await node.counters.deleteMany({ _id: /^open:/ });

    for (let times = 0; times < 2; times++) await OPEN_CHATS_BY_ASSIGNEE.up(node.connection);
    const idsOf = async (show: 'mine' | 'unassigned') =>
      (await node.chatsService.inbox(admin, { show })).chats.map(({ id }) => id);
    expect([await idsOf('mine'), await idsOf('unassigned')]).toEqual([[own], [nobodys]]);
    expect((await node.figures.ownOf(admin.id)).mine).toBe(1);
    expect((await node.figures.now()).unassigned).toBe(1);
    await node.counting.flush();
    await node.repair.run();
    expect(await inconsistencies(node.connection)).toEqual([]);
  });
});
