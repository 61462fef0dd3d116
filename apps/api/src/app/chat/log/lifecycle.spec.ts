import { createTestDatabase, type TestDatabase } from '../../../../test/test-database';
import { type AuthenticatedUser } from '../../auth/authenticated-user';
import { inconsistencies } from '../../backup/testing/inconsistencies';
import { type Chat } from '../schemas/chat.schema';
import { type ChatNode, startChatNode } from '../testing/chat-node';

/** The same acts for a seed, whatever else happens. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('a chat is closed, reopened and followed by another', () => {
  let database: TestDatabase;
  let node: ChatNode;
  let other: ChatNode;
  let customer: AuthenticatedUser;
  let ada: AuthenticatedUser;
  let ben: AuthenticatedUser;
  let chatId: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    [node, other] = [await startChatNode(database.uri), await startChatNode(database.uri)];
    await node.repair.run();
    [ada, ben] = [await node.signIn('admin', 'Ada Moss'), await node.signIn('admin', 'Ben Hale')];
    customer = await node.signIn('user', 'Cora Lane');
    chatId = (await node.chatsService.ownActiveChat(customer)).id;
    await node.messagesService.send(customer, chatId, { message: 'Where are my photos?' });
  });

  afterEach(async () => {
    await Promise.all([node.stop(), other.stop()]);
    await database.drop();
  });

  const happenings = async (id = chatId) =>
    (await node.messages.find({ chat: id, senderRole: 'system' }).sort({ seq: 1 }).lean()).map(
      ({ message, system }) => [system?.kind, system?.by?.name, message],
    );
  const activeChats = async () =>
    (await node.active.find().lean()).map(({ _id, chat }) => [_id.toHexString(), chat.toHexString()]);
  /** What a recount of the whole database finds to be wrong, once both nodes rest. */
  const faults = async () => {
    await Promise.all([node.counting.flush(), other.counting.flush()]);
    return inconsistencies(node.connection);
  };

  it('by its customer and by admins, each telling who did it', async () => {
    expect((await node.chatsService.close(ada, chatId)).isActive).toBe(false);
    expect((await other.chatsService.reopen(customer, chatId)).isActive).toBe(true);
    expect((await node.chatsService.close(customer, chatId)).isActive).toBe(false);
    expect((await other.chatsService.reopen(ben, chatId)).isActive).toBe(true);
    expect(await happenings()).toEqual([
      ['closed', 'Ada Moss', 'Ada Moss closed this chat.'],
      ['reopened', 'Cora Lane', 'Cora Lane reopened this chat.'],
      ['closed', 'Cora Lane', 'Cora Lane closed this chat.'],
      ['reopened', 'Ben Hale', 'Ben Hale reopened this chat.'],
    ]);
    expect(await activeChats()).toEqual([[customer.id, chatId]]);
    expect(await faults()).toEqual([]);
  });

  it('and the same again changes nothing, on either node', async () => {
    await node.chatsService.reopen(ada, chatId);
    await node.chatsService.close(ada, chatId);
    await Promise.all([node.chatsService.close(ben, chatId), other.chatsService.close(customer, chatId)]);
    await other.chatsService.reopen(ada, chatId);
    expect((await node.chatsService.reopen(customer, chatId)).isActive).toBe(true);
    await node.chatsService.unassign(ada, chatId);
    expect((await happenings()).map(([kind]) => kind)).toEqual(['closed', 'reopened']);
  });

  it('by nobody whom it does not concern', async () => {
    const stranger = await node.signIn('user', 'Eve');
    for (const act of ['close', 'reopen'] as const) {
      await expect(node.chatsService[act](stranger, chatId)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(node.chatsService.unassign(customer, chatId)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await happenings()).toEqual([]);
  });

  it('and cannot be reopened while another is active, which is named', async () => {
    await node.chatsService.close(customer, chatId);
    const { id } = await other.chatsService.ownActiveChat(customer);
    expect(id).not.toBe(chatId);
    for (const person of [ada, customer]) {
      await expect(node.chatsService.reopen(person, chatId)).rejects.toMatchObject({
        code: 'chat_closed',
        details: [{ field: 'chatId', message: id }],
      });
    }
    await other.chatsService.close(customer, id);
    expect((await node.chatsService.reopen(ada, chatId)).isActive).toBe(true);
    expect(await activeChats()).toEqual([[customer.id, chatId]]);
  });

  it('keeps its admin while it is closed, and is anybody’s once it is unassigned', async () => {
    await node.chatsService.assign(ada, chatId, {});
    await node.chatsService.close(ada, chatId);
    expect((await other.chatsService.reopen(customer, chatId)).admin?.id).toBe(ada.id);
    expect((await other.chatsService.unassign(ben, chatId)).admin).toBeNull();
    await node.messagesService.send(ben, chatId, { message: 'I take it.' });
    expect((await node.chatsService.chat(ada, chatId)).admin?.id).toBe(ben.id);
    expect((await happenings()).map(([kind, by]) => [kind, by])).toEqual([
      ['assigned', undefined],
      ['closed', 'Ada Moss'],
      ['reopened', 'Cora Lane'],
      ['unassigned', 'Ben Hale'],
      ['assigned', undefined],
    ]);
    expect(await faults()).toEqual([]);
  });

  it('is told to the customer and the admins, with the entry', async () => {
    await node.announcer.settled();
    node.broadcasts.length = 0;
    await node.chatsService.close(ada, chatId);
    await node.announcer.settled();
    expect(node.broadcasts.map(({ rooms, event }) => [event, ...rooms])).toEqual([
      ['new_message', `chat:${chatId}`],
      ['chat_updated', `user:${customer.id}`],
      ['chat_updated', 'admin_room'],
    ]);
    expect(node.broadcasts.at(-1)?.payload).toMatchObject({ id: chatId, isActive: false, lastSeq: 2 });
  });

  it('stays one chat for a message that is written as it is closed', async () => {
    await Promise.all([
      node.chatsService.close(ada, chatId),
      other.messagesService.send(customer, chatId, { message: 'One more thing' }),
    ]);
    const { isActive } = await node.chatsService.chat(ada, chatId);
    const kinds = (await happenings()).map(([kind]) => kind);
    expect(kinds).toEqual(isActive ? ['closed', 'reopened'] : ['closed']);
    expect(await faults()).toEqual([]);
  });

  it('and is the one active chat, or the new one is, when both are wanted at once', async () => {
    await node.chatsService.close(ada, chatId);
    const [reopened, begun] = await Promise.allSettled([
      node.chatsService.reopen(ada, chatId),
      other.chatsService.ownActiveChat(customer),
    ]);
    if (begun.status === 'rejected') throw begun.reason;
    const isOld = begun.value.id === chatId;
    expect(reopened.status).toBe(isOld ? 'fulfilled' : 'rejected');
    expect(await activeChats()).toEqual([[customer.id, begun.value.id]]);
    expect(await faults()).toEqual([]);
  });

  it.each([1, 2, 3])(
    'whatever is done to chats of one customer on two nodes at once, one at most is active (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const chatIds = [chatId];
      const refusals: unknown[] = [];
      const act = async (step: number): Promise<unknown> => {
        const { chatsService, messagesService } = random(2) === 0 ? node : other;
        const chat = chatIds[random(chatIds.length)] ?? chatId;
        const admin = random(2) === 0 ? ada : ben;
        const person = random(2) === 0 ? admin : customer;
        switch (random(6)) {
          case 0:
            return chatsService.close(person, chat);
          case 1:
            return chatsService.reopen(person, chat);
          case 2:
            return chatsService.ownActiveChat(customer).then(({ id }) => chatIds.push(id));
          case 3:
            return chatsService.unassign(admin, chat);
          default:
            return messagesService.send(person, chat, { message: `message ${step}` });
        }
      };
      for (let step = 0; step < 80; step += 4) {
        const steps = [step, step + 1, step + 2, step + 3];
        const ends = await Promise.allSettled(steps.map((each) => act(each)));
        refusals.push(...ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : [])));
      }
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'chat_closed' });
      const chats = await node.chats.find({ user: customer.id, isActive: true }).lean<Chat[]>();
      expect(chats.length).toBeLessThan(2);
      expect(new Set(chatIds).size).toBeGreaterThan(1);
      expect(await faults()).toEqual([]);
    },
  );
});
