import { apiPaths, type ChatDto, type MessagePageDto } from '@elite-chat/contracts';

import { type Person } from './support/people';
import { useStage } from './support/stage';

const stage = useStage({ HOST_ADMINS: 'true' });

let customer: Person;
let ada: Person;
let chatId: string;

beforeAll(async () => {
  ada = await stage.people.admin('Ada Moss');
});

beforeEach(async () => {
  customer = await stage.people.customer('Cora Lane');
  chatId = (await customer.chat()).id;
  await customer.writes(chatId, 'Where are my photos?');
});

async function act(person: Person, what: 'close' | 'reopen', id = chatId): Promise<ChatDto> {
  const paths = {
    close: [apiPaths.userClose, apiPaths.adminClose],
    reopen: [apiPaths.userReopen, apiPaths.adminReopen],
  };
  const path = paths[what][person === customer ? 0 : 1];
  if (!path) throw new Error('There is no such path.');
  const { status, body } = await person.rest.post<ChatDto>(path(id));
  expect(status).toBe(200);
  return body;
}

async function happenings(): Promise<unknown[]> {
  const { body } = await ada.rest.get<MessagePageDto>(apiPaths.adminMessages(chatId));
  return body.messages.flatMap(({ seq, system }) => (system ? [[seq, system.kind, system.by?.name]] : []));
}

describe('a chat', () => {
  it('is closed and reopened by either side, over either door, and the thread tells who did it', async () => {
    const socket = await ada.connect();
    expect(await act(customer, 'close')).toMatchObject({ id: chatId, isActive: false, lastSeq: 2 });
    expect(await socket.ask('reopen_chat', { chatId })).toMatchObject({ isActive: true, lastSeq: 3 });
    expect(await socket.ask('close_chat', { chatId })).toMatchObject({ isActive: false, lastSeq: 4 });
    expect(await act(ada, 'close')).toMatchObject({ isActive: false, lastSeq: 4 });
    expect(await act(customer, 'reopen')).toMatchObject({ isActive: true, lastSeq: 5 });
    expect(await happenings()).toEqual([
      [2, 'closed', 'Cora Lane'],
      [3, 'reopened', 'Ada Moss'],
      [4, 'closed', 'Ada Moss'],
      [5, 'reopened', 'Cora Lane'],
    ]);
  });

  it('that is closed is told of at once to everybody whom it concerns', async () => {
    const [own, room] = [await customer.connect(), await customer.join(chatId)];
    const admin = await ada.connect();
    await act(ada, 'close');
    for (const socket of [own, admin]) {
      const chat = await socket.hears('chat_updated', ({ id, isActive }) => id === chatId && !isActive);
      expect(chat.unreadCount).toEqual({ user: 0, admin: 1 });
    }
    expect(await room.hears('new_message', ({ system }) => system?.kind === 'closed')).toMatchObject({
      sender: null,
      senderRole: 'system',
      message: 'Ada Moss closed this chat.',
      system: { kind: 'closed', by: { id: ada.user.id, name: 'Ada Moss', role: 'admin' } },
    });
  });

  it('that is closed is followed by a new one, and can’t be reopened or written to meanwhile', async () => {
    await act(ada, 'close');
    const { id } = await customer.chat();
    expect(id).not.toBe(chatId);
    const named = { code: 'chat_closed', details: [{ field: 'chatId', message: id }] };
    const reopened = await ada.rest.post(apiPaths.adminReopen(chatId));
    expect([reopened.status, reopened.body]).toEqual([409, expect.objectContaining(named)]);
    const socket = await customer.connect();
    expect(await socket.say('reopen_chat', { chatId })).toMatchObject({ ok: false, error: named });
    expect(await socket.say('send_message', { chatId, message: 'Hello?' })).toMatchObject({ error: named });
    await act(customer, 'close', id);
    expect(await act(ada, 'reopen')).toMatchObject({ isActive: true });
    expect((await customer.chat()).id).toBe(chatId);
  });

  it('that is closed goes on with a message', async () => {
    await act(ada, 'close');
    await ada.writes(chatId, 'One more thing');
    expect(await customer.chat()).toMatchObject({ id: chatId, isActive: true, admin: { name: 'Ada Moss' } });
    expect(await happenings()).toEqual([
      [2, 'closed', 'Ada Moss'],
      [3, 'reopened', 'Ada Moss'],
      [5, 'assigned', undefined],
    ]);
  });

  it('is unassigned over either door, and then taken by whoever answers', async () => {
    const [socket, abe] = [await ada.connect(), await stage.people.admin('Abe Reed')];
    await ada.rest.post(apiPaths.adminAssign(chatId), {});
    expect(await socket.ask('unassign_chat', { chatId })).toMatchObject({ admin: null });
    const again = await abe.rest.post<ChatDto>(apiPaths.adminUnassign(chatId));
    expect([again.status, again.body.admin, again.body.lastSeq]).toEqual([200, null, 3]);
    await abe.writes(chatId, 'I take it');
    expect((await customer.chat()).admin?.name).toBe('Abe Reed');
  });
});
