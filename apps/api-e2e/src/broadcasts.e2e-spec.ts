import { apiPaths } from '@elite-chat/contracts';

import { type ChatSocket } from './support/chat-socket';
import { eventually } from './support/eventually';
import { type Person } from './support/people';
import { useStage } from './support/stage';

const stage = useStage();

let cora: Person;
let ben: Person;
let ada: Person;
let abe: Person;
let chatId: string;

/** One socket in each place from which a chat can be heard, and some from which it must not be. */
interface Listeners {
  coraJoined: ChatSocket;
  coraElsewhere: ChatSocket;
  benJoined: ChatSocket;
  adaJoined: ChatSocket;
  abeElsewhere: ChatSocket;
}

let listeners: Listeners;

beforeAll(async () => {
  [cora, ben] = [await stage.people.customer('Cora Lane'), await stage.people.customer('Ben Stone')];
  [ada, abe] = [await stage.people.admin('Ada Moss'), await stage.people.admin('Abe Reed')];
});

beforeEach(async () => {
  cora = await stage.people.customer('Cora Lane');
  chatId = (await cora.chat()).id;
  listeners = {
    coraJoined: await cora.join(chatId),
    coraElsewhere: await cora.connect(),
    benJoined: await ben.join((await ben.chat()).id),
    adaJoined: await ada.join(chatId),
    abeElsewhere: await abe.connect(),
  };
});

afterEach(() => {
  for (const socket of Object.values(listeners)) socket.close();
});

/** Who has heard an event, once all has arrived. */
async function hearersOf(event: Parameters<ChatSocket['all']>[0]): Promise<(keyof Listeners)[]> {
  await Promise.all(Object.values(listeners).map((socket: ChatSocket) => socket.isUpToDate()));
  return (Object.keys(listeners) as (keyof Listeners)[]).filter(
    (name) => listeners[name].all(event).length > 0,
  );
}

describe('new_message', () => {
  it('goes to the room, the sender’s own sockets included, and to nobody else', async () => {
    const message = await listeners.coraJoined.ask('send_message', { chatId, message: 'Hello' });
    for (const socket of [listeners.coraJoined, listeners.adaJoined]) {
      expect(await socket.hears('new_message')).toEqual(message);
    }
    expect(await hearersOf('new_message')).toEqual(['coraJoined', 'adaJoined']);
  });

  it('goes out for what is sent over HTTP just so', async () => {
    const message = await cora.writes(chatId, 'Over HTTP');
    expect(await listeners.adaJoined.hears('new_message')).toEqual(message);
    expect(await hearersOf('new_message')).toEqual(['coraJoined', 'adaJoined']);
  });

  it('stops after leaving the room', async () => {
    expect(await listeners.adaJoined.say('leave_chat', { chatId })).toEqual({ ok: true, data: {} });
    await cora.writes(chatId, 'Who hears this?');
    await listeners.coraJoined.hears('new_message');
    expect(await hearersOf('new_message')).toEqual(['coraJoined']);
  });

  it('comes once to a socket that joined twice', async () => {
    await listeners.adaJoined.ask('join_chat', { chatId });
    await cora.writes(chatId, 'Once');
    await listeners.adaJoined.hears('new_message');
    await listeners.adaJoined.isUpToDate();
    expect(listeners.adaJoined.all('new_message')).toHaveLength(1);
  });
});

describe('new_chat_message', () => {
  it('goes to every connected admin, joined or not, with the chat counted', async () => {
    const message = await cora.writes(chatId, 'Where are my photos?');
    for (const socket of [listeners.adaJoined, listeners.abeElsewhere]) {
      const heard = await socket.hears('new_chat_message');
      expect(heard.message).toEqual(message);
      expect(heard.chat).toMatchObject({
        id: chatId,
        user: { id: cora.user.id, name: 'Cora Lane', email: cora.user.email },
        admin: null,
        isActive: true,
        lastMessage: 'Where are my photos?',
        lastMessageTime: message.createdAt,
        unreadCount: { user: 0, admin: 1 },
        lastSeq: 1,
      });
    }
    expect(await hearersOf('new_chat_message')).toEqual(['adaJoined', 'abeElsewhere']);
  });

  it('goes out for an admin’s answer too, so that the others’ lists are right', async () => {
    await ada.writes(chatId, 'On their way');
    const { chat } = await listeners.abeElsewhere.hears(
      'new_chat_message',
      ({ message }) => message.senderRole === 'admin',
    );
    expect(chat).toMatchObject({ lastMessage: 'On their way', unreadCount: { user: 1, admin: 0 } });
    expect(await hearersOf('new_chat_message')).toEqual(['adaJoined', 'abeElsewhere']);
  });
});

describe('user_typing', () => {
  /** Signs of writing are dropped where a line is busy at that moment, so they are said until one is heard. */
  async function untilHeard(say: () => void, hearer: ChatSocket, isTyping: boolean): Promise<void> {
    await eventually(() => {
      say();
      return hearer.all('user_typing').some((typing) => typing.isTyping === isTyping);
    });
  }

  it('goes to the room, but not to its sender', async () => {
    const coraToo = await cora.join(chatId);
    expect(await listeners.coraJoined.say('typing', { chatId, isTyping: true })).toEqual({
      ok: true,
      data: {},
    });
    const say = () => listeners.coraJoined.socket.emit('typing', { chatId, isTyping: true });
    await untilHeard(say, listeners.adaJoined, true);
    const typing = { chatId, userId: cora.user.id, name: 'Cora Lane', role: 'user', isTyping: true };
    expect(await listeners.adaJoined.hears('user_typing')).toEqual(typing);
    expect(await hearersOf('user_typing')).toEqual(['adaJoined']);
    await coraToo.isUpToDate();
    expect(coraToo.all('user_typing')).toEqual([]);
    coraToo.close();
  });

  it('says so when it ends, needs no join and no ack', async () => {
    for (const isTyping of [true, false]) {
      const say = () => listeners.abeElsewhere.socket.emit('typing', { chatId, isTyping });
      await untilHeard(say, listeners.coraJoined, isTyping);
    }
    const [begun, ...others] = listeners.coraJoined.all('user_typing');
    expect(begun).toMatchObject({ name: 'Abe Reed', role: 'admin', isTyping: true });
    expect(others.at(-1)).toMatchObject({ name: 'Abe Reed', role: 'admin', isTyping: false });
  });

  it('leaves nothing in the history', async () => {
    await listeners.coraJoined.ask('typing', { chatId, isTyping: true });
    expect((await listeners.coraJoined.ask('get_messages', { chatId })).messages).toEqual([]);
  });
});

describe('messages_read', () => {
  it('goes to the room and to every admin, as the answer of read', async () => {
    await ada.writes(chatId, 'On their way');
    const { body } = await cora.rest.post(apiPaths.userRead(chatId), {});
    for (const socket of [listeners.coraJoined, listeners.adaJoined, listeners.abeElsewhere]) {
      expect(await socket.hears('messages_read', ({ reader }) => reader === 'user')).toEqual(body);
    }
    expect(await hearersOf('messages_read')).not.toContain('benJoined');
  });

  it('comes once to an admin who is in the room too', async () => {
    await ada.writes(chatId, 'On their way');
    const { body } = await cora.rest.post<{ seq: number }>(apiPaths.userRead(chatId), {});
    await listeners.adaJoined.hears(
      'messages_read',
      ({ reader, seq }) => reader === 'user' && seq === body.seq,
    );
    await listeners.adaJoined.isUpToDate();
    expect(listeners.adaJoined.all('messages_read').filter(({ reader }) => reader === 'user')).toHaveLength(
      1,
    );
  });
});

describe('chat_updated', () => {
  it('goes to the customer’s sockets, joined or not, and to every admin', async () => {
    await ada.rest.post(apiPaths.adminAssign(chatId), {});
    for (const socket of [
      listeners.coraJoined,
      listeners.coraElsewhere,
      listeners.adaJoined,
      listeners.abeElsewhere,
    ]) {
      const chat = await socket.hears('chat_updated', ({ id }) => id === chatId);
      expect(chat.admin).toEqual({ id: ada.user.id, name: 'Ada Moss' });
    }
    expect(await hearersOf('chat_updated')).not.toContain('benJoined');
  });
});

describe('a message of the system', () => {
  it('goes to the room, but is no message of a person', async () => {
    await ada.rest.post(apiPaths.adminAssign(chatId), {});
    for (const socket of [listeners.coraJoined, listeners.adaJoined]) {
      expect(await socket.hears('new_message')).toMatchObject({ seq: 1, senderRole: 'system', sender: null });
    }
    expect(await hearersOf('new_message')).toEqual(['coraJoined', 'adaJoined']);
    expect(await hearersOf('new_chat_message')).toEqual([]);
  });
});

describe('another customer', () => {
  it('hears nothing at all, whatever happens', async () => {
    await listeners.benJoined.sayAnything('join_chat', { chatId });
    await cora.writes(chatId, 'Private');
    await ada.writes(chatId, 'Answer');
    await cora.rest.post(apiPaths.userRead(chatId), {});
    await ada.rest.post(apiPaths.adminRead(chatId), {});
    await listeners.adaJoined.ask('typing', { chatId, isTyping: true });
    await listeners.abeElsewhere.ask('assign_chat', { chatId });
    await listeners.coraJoined.hears('chat_updated', ({ admin }) => admin?.id === abe.user.id);
    await listeners.benJoined.isUpToDate();
    expect(listeners.benJoined.events.filter((event) => event !== 'support_presence')).toEqual([]);
  });
});
