import { aMessage, anAnswer, anAssignment, messagesBetween } from '@elite-chat/testing';

import { anError } from '../../../test/fake-chat-server';
import { openChat as open, upTo } from '../../../test/open-chat';
import { endClient, settle } from '../../../test/start-client';

describe('Catching up', () => {
  afterEach(endClient);

  it('fetches what is missing when it hears of a later message', async () => {
    const { server, seqs } = await open(1);
    server.store({}, false);
    server.store({}, false);
    server.store({});
    await settle();
    expect(seqs()).toEqual([1, 2, 3, 4]);
    expect(server.received.at(-1)).toMatchObject({ name: 'get_messages', payload: { after: 1 } });
  });

  it('knows when what came early has become complete', async () => {
    const { server, seqs } = await open(1);
    const [second, third] = [server.store({}, false), server.store({}, false)];
    server.interfere = (name) => (name === 'get_messages' ? 'silence' : undefined);
    server.socket.hear('new_message', third);
    server.socket.hear('new_message', second);
    server.store({});
    await settle();
    expect(seqs()).toEqual([1, 2, 3, 4]);
    expect(server.count('get_messages')).toBe(1);
  });

  it('catches up over several pages after a reconnection', async () => {
    const { server, socket, seqs } = await open(1);
    server.socket.close();
    for (const _ of upTo(250)) server.store({});
    socket.retryNow();
    await settle();
    expect(seqs()).toEqual(upTo(251));
    expect(server.count('join_chat')).toBe(2);
    expect(server.count('get_messages')).toBe(3);
  });

  it('finds out by itself within half a minute that a broadcast was lost', async () => {
    const { server, seqs } = await open(1);
    server.store({}, false);
    await settle(30_000);
    expect(seqs()).toEqual([1, 2]);
  });

  it('looks at once when the page comes back', async () => {
    const { server, seqs } = await open(1);
    server.store({}, false);
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(seqs()).toEqual([1, 2]);
  });

  it('looks at once when the machine wakes up', async () => {
    const { server, seqs } = await open(1);
    server.store({}, false);
    jest.setSystemTime(Date.now() + 3_600_000);
    await settle(5_000);
    expect(seqs()).toEqual([1, 2]);
  });

  it('counts what came early once it is complete, and follows who answers by the log', async () => {
    const { server, store } = await open(0);
    const [first, second] = [server.store(anAnswer(), false), server.store(anAnswer(), false)];
    server.interfere = (name) => (name === 'get_messages' ? 'silence' : undefined);
    server.socket.hear('new_message', second);
    server.socket.hear('new_message', first);
    expect([store.unreadCount(), store.chat()?.lastSeq]).toEqual([2, 2]);
    server.store(anAssignment());
    expect(store.chat()?.admin?.name).toBe('Ada Moss');
  });

  it('tries to catch up again when the server is busy', async () => {
    const { server, seqs } = await open(1);
    server.store({}, false);
    server.interfere = (name) =>
      name === 'get_messages' && server.count(name) === 1 ? anError('busy', 2) : undefined;
    server.store({});
    await settle(4_000);
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it('loads the newest page anew when more than a thousand entries are missing', async () => {
    const { server, socket, seqs, store } = await open(1);
    server.socket.close();
    server.log = messagesBetween(1, 1_002);
    socket.retryNow();
    await settle();
    expect(seqs()).toEqual(upTo(1_002, 953));
    expect(store.hasOlder()).toBe(true);
    expect(server.count('get_messages')).toBe(0);
  });

  it('forgets all stored messages when the database was restored, but not what is being written', async () => {
    const { server, socket, store } = await open(3);
    server.socket.close();
    server.log = [aMessage({ seq: 1, message: 'restored' })];
    server.chat = { ...server.chat, epoch: 'another' };
    server.interfere = (name) => (name === 'send_message' ? 'silence' : undefined);
    store.send('mine');
    socket.retryNow();
    await settle();
    expect(store.messages().map(({ message }) => message.message)).toEqual(['restored', 'mine']);
    expect(store.chat()?.lastSeq).toBe(1);
  });
});
