import {
  apiPaths,
  type ChatDto,
  type ChatListDto,
  type MessagePageDto,
  type ReadReceiptDto,
} from '@elite-chat/contracts';

import { eventually } from './support/eventually';
import { type Person } from './support/people';
import { useStage } from './support/stage';

const stage = useStage();

let customer: Person;
let ada: Person;
let abe: Person;
let chatId: string;

beforeAll(async () => {
  [ada, abe] = [await stage.people.admin('Ada Moss'), await stage.people.admin('Abe Reed')];
});

beforeEach(async () => {
  customer = await stage.people.customer();
  chatId = (await customer.chat()).id;
});

async function read(person: Person, seq?: number): Promise<ReadReceiptDto> {
  const path = (person === customer ? apiPaths.userRead : apiPaths.adminRead)(chatId);
  const { status, body } = await person.rest.post<ReadReceiptDto>(path, seq === undefined ? {} : { seq });
  expect(status).toBe(200);
  return body;
}

async function thread(): Promise<MessagePageDto> {
  return (await customer.rest.get<MessagePageDto>(apiPaths.userMessages(chatId))).body;
}

async function assign(admin: Person, adminId?: string): Promise<ChatDto> {
  const { status, body } = await admin.rest.post<ChatDto>(
    apiPaths.adminAssign(chatId),
    adminId ? { adminId } : {},
  );
  expect(status).toBe(200);
  return body;
}

describe('reading', () => {
  it('marks up to the last by default, and tells how many are left', async () => {
    for (const text of ['One', 'Two', 'Three']) await customer.writes(chatId, text);
    expect(await read(ada)).toEqual({
      chatId,
      reader: 'admin',
      seq: 3,
      readAt: expect.stringMatching(/Z$/),
      unreadCount: 0,
      lastSeq: 3,
    });
    expect((await thread()).readSeq).toMatchObject({ admin: 3 });
    expect((await customer.chat()).unreadCount.admin).toBe(0);
  });

  it('marks up to a number, and counts exactly what is left', async () => {
    for (const text of ['One', 'Two', 'Three']) await customer.writes(chatId, text);
    expect(await read(ada, 1)).toMatchObject({ seq: 1, unreadCount: 2 });
    const { messages } = await thread();
    expect(messages.map(({ isRead, readAt }) => [isRead, readAt !== null])).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ]);
  });

  it('never moves back', async () => {
    for (const text of ['One', 'Two', 'Three']) await customer.writes(chatId, text);
    const first = await read(ada, 2);
    expect(await read(ada, 1)).toEqual(first);
    expect(await read(ada, 0)).toEqual(first);
    expect((await customer.chat()).readSeq.admin).toBe(2);
  });

  it('stops at the last', async () => {
    await customer.writes(chatId, 'One');
    expect(await read(ada, 2_147_483_647)).toMatchObject({ seq: 1, unreadCount: 0 });
    await customer.writes(chatId, 'Two');
    expect((await customer.chat()).unreadCount.admin).toBe(1);
  });

  it('of an empty chat is the mark 0', async () => {
    expect(await read(customer)).toEqual({
      chatId,
      reader: 'user',
      seq: 0,
      readAt: null,
      unreadCount: 0,
      lastSeq: 0,
    });
  });

  it('of both sides is kept apart', async () => {
    await customer.writes(chatId, 'Question');
    await ada.writes(chatId, 'Answer');
    expect((await customer.chat()).unreadCount).toMatchObject({ user: 1 });
    await read(customer);
    const chat = await customer.chat();
    expect(chat.unreadCount.user).toBe(0);
    expect(chat.readSeq.user).toBe(chat.lastSeq);
  });

  it('twenty times at once ends at the farthest', async () => {
    for (let index = 0; index < 10; index++) await customer.writes(chatId, String(index));
    await Promise.all(Array.from({ length: 20 }, (_, index) => read(ada, (index * 7) % 11)));
    const chat = await customer.chat();
    expect([chat.readSeq.admin, chat.unreadCount.admin]).toEqual([10, 0]);
  });

  it('by an admin who is not the assigned one moves nothing', async () => {
    await customer.writes(chatId, 'Question');
    await assign(ada);
    await customer.writes(chatId, 'Are you there?');
    const before = await customer.chat();
    const answer = await read(abe);
    expect(answer.seq).toBe(before.readSeq.admin);
    const after = await customer.chat();
    expect([after.readSeq.admin, after.unreadCount.admin]).toEqual([
      before.readSeq.admin,
      before.unreadCount.admin,
    ]);
    await read(ada);
    expect((await customer.chat()).unreadCount.admin).toBe(0);
  });

  it('works over the socket in the same way', async () => {
    await customer.writes(chatId, 'Question');
    const socket = await ada.connect();
    expect(await socket.ask('mark_read', { chatId, seq: 1 })).toMatchObject({
      reader: 'admin',
      seq: 1,
      unreadCount: 0,
    });
  });
});

describe('unread counts', () => {
  it('count the other side’s messages and no system message, also in the lists', async () => {
    for (const text of ['One', 'Two', 'Three']) await customer.writes(chatId, text);
    await assign(ada);
    for (const text of ['Hello', 'On their way']) await ada.writes(chatId, text);
    await customer.writes(chatId, 'Thanks');
    const chat = await customer.chat();
    expect(chat.unreadCount.user).toBe(2);
    // An answer tells that what stands before it was read, or it doesn't: the thread's own marks decide.
    const { messages, readSeq } = await thread();
    const unread = messages.filter(
      ({ senderRole, seq }) => senderRole === 'user' && seq > readSeq.admin,
    ).length;
    expect(chat.unreadCount.admin).toBe(unread);
    expect(chat).toMatchObject({ lastMessage: 'Thanks' });
    const listed = await eventually(
      async () => {
        const { body } = await ada.rest.get<ChatListDto>(`${apiPaths.adminChats}?limit=100`);
        return body.chats.find(({ id }) => id === chatId);
      },
      (found) => found?.lastSeq === chat.lastSeq,
      'the chat in the inbox',
    );
    expect(listed).toMatchObject({ unreadCount: chat.unreadCount, lastMessage: 'Thanks' });
  });

  it('stay exact when both sides write and read at once', async () => {
    const [mine, theirs] = [await customer.connect(), await ada.connect()];
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => [
        (index % 2 ? mine : theirs).ask('send_message', { chatId, message: String(index) }),
        ...(index % 10 === 0 ? [read(customer), read(ada)] : []),
      ]).flat(),
    );
    const { messages, readSeq } = await thread();
    const unread = (role: string, mark: number) =>
      messages.filter(({ senderRole, seq }) => senderRole === role && seq > mark).length;
    expect((await customer.chat()).unreadCount).toEqual({
      user: unread('admin', readSeq.user),
      admin: unread('user', readSeq.admin),
    });
  });
});

describe('assigning', () => {
  it('is done by the first answer', async () => {
    await customer.writes(chatId, 'Question');
    const before = await customer.chat();
    await ada.writes(chatId, 'Answer');
    const chat = await customer.chat();
    expect([before.admin, chat.admin]).toEqual([null, { id: ada.user.id, name: 'Ada Moss' }]);
    const { messages } = await thread();
    expect(messages.map(({ senderRole, system }) => [senderRole, system?.kind])).toEqual([
      ['user', undefined],
      ['admin', undefined],
      ['system', 'assigned'],
    ]);
    expect(messages[2]).toMatchObject({
      sender: null,
      message: expect.any(String),
      system: { kind: 'assigned', admin: { id: ada.user.id, name: 'Ada Moss' } },
    });
    expect(chat.lastMessage).toBe('Answer');
  });

  it('is done once when two admins answer at the same time', async () => {
    await customer.writes(chatId, 'Question');
    const [mine, theirs] = [await ada.connect(), await abe.connect()];
    const answers = await Promise.all([
      mine.ask('send_message', { chatId, message: 'I am Ada' }),
      theirs.ask('send_message', { chatId, message: 'I am Abe' }),
    ]);
    const first = answers[0].seq < answers[1].seq ? ada : abe;
    expect((await customer.chat()).admin?.id).toBe(first.user.id);
    const { messages } = await thread();
    expect(messages.filter(({ system }) => system?.kind === 'assigned')).toHaveLength(1);
    expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it('does not change hands by another’s answer', async () => {
    await ada.writes(chatId, 'Answer');
    await abe.writes(chatId, 'Me too');
    expect((await customer.chat()).admin?.id).toBe(ada.user.id);
  });

  it('can be done by hand, to oneself, to another, and over another', async () => {
    expect((await assign(ada)).admin).toEqual({ id: ada.user.id, name: 'Ada Moss' });
    expect((await assign(ada, abe.user.id)).admin).toEqual({ id: abe.user.id, name: 'Abe Reed' });
    expect((await assign(ada)).admin?.id).toBe(ada.user.id);
    const { messages } = await thread();
    expect(messages.map(({ system }) => system?.admin?.name)).toEqual(['Ada Moss', 'Abe Reed', 'Ada Moss']);
  });

  it('again to the same admin changes nothing and tells nobody', async () => {
    const first = await assign(ada);
    const socket = await abe.join(chatId);
    const again = await assign(abe, ada.user.id);
    expect(again).toEqual(first);
    await socket.isUpToDate();
    const ambient = ['overview_updated', 'customer_presence', 'team_presence'];
    expect(socket.events.filter((event) => !ambient.includes(event))).toEqual([]);
    expect((await thread()).messages).toHaveLength(1);
  });

  it('to the same admin twenty times at once is done once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => assign(ada)));
    expect((await thread()).messages).toHaveLength(1);
  });

  it('by a system message changes neither the last message nor any count', async () => {
    await customer.writes(chatId, 'Question');
    const before = await customer.chat();
    const after = await assign(ada);
    expect(after).toMatchObject({
      lastMessage: before.lastMessage,
      lastMessageTime: before.lastMessageTime,
      unreadCount: before.unreadCount,
      lastSeq: before.lastSeq + 1,
    });
  });
});
