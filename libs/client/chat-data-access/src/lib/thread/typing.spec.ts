import { TestBed } from '@angular/core/testing';
import {
  TYPING_EXPIRY_MS,
  TYPING_REPEAT_MS,
  TYPING_SILENCE_MS,
  type UserTypingDto,
} from '@elite-chat/contracts';
import { aChat, anAdmin, anAnswer } from '@elite-chat/testing';

import { endClient, settle, startClient } from '../../../test/start-client';
import { ChatStore } from './chat.store';

const { id: userId, name, role } = anAdmin();
const TYPING: UserTypingDto = { chatId: aChat().id, userId, name, role, isTyping: true };

describe('Typing', () => {
  afterEach(endClient);

  async function open() {
    const client = await startClient();
    const store = TestBed.runInInjectionContext(() => new ChatStore());
    void store.openOwn();
    await settle();
    const said = () =>
      client.server.received
        .filter((received) => received.name === 'typing')
        .map(({ payload }) => payload['isTyping']);
    return { ...client, store, said };
  }

  it('is said at the first keystroke, repeated as seldom as agreed, and ended after silence', async () => {
    const { store, said } = await open();
    store.notifyTyping();
    expect(said()).toEqual([true]);

    const step = 500;
    for (let passed = step; passed < TYPING_REPEAT_MS; passed += step) {
      await settle(step);
      store.notifyTyping();
    }
    expect(said()).toEqual([true]);
    await settle(step);
    store.notifyTyping();
    expect(said()).toEqual([true, true]);

    await settle(TYPING_SILENCE_MS - 1);
    expect(said()).toEqual([true, true]);
    await settle(1);
    expect(said()).toEqual([true, true, false]);
    store.stopTyping();
    expect(said()).toEqual([true, true, false]);
  });

  it('ends when the message is sent', async () => {
    const { server, store, said } = await open();
    store.notifyTyping();
    store.send('Hello');
    expect(said()).toEqual([true, false]);
    await settle(TYPING_SILENCE_MS);
    expect(said()).toEqual([true, false]);
    expect(server.log).toHaveLength(1);
  });

  it('of others is shown until they stop', async () => {
    const { server, store } = await open();
    server.socket.hear('user_typing', TYPING);
    server.socket.hear('user_typing', { ...TYPING, chatId: 'f'.repeat(24), userId: 'e'.repeat(24) });
    expect(store.typing()).toEqual([TYPING]);
    server.socket.hear('user_typing', { ...TYPING, isTyping: false });
    expect(store.typing()).toEqual([]);
  });

  it('of others goes by itself when it is not renewed', async () => {
    const { server, store } = await open();
    server.socket.hear('user_typing', TYPING);
    await settle(TYPING_EXPIRY_MS - 1);
    server.socket.hear('user_typing', TYPING);
    await settle(TYPING_EXPIRY_MS - 1);
    expect(store.typing()).toEqual([TYPING]);
    await settle(1);
    expect(store.typing()).toEqual([]);
  });

  it('of others goes when their message comes', async () => {
    const { server, store } = await open();
    server.socket.hear('user_typing', TYPING);
    server.store(anAnswer());
    expect(store.typing()).toEqual([]);
  });
});
