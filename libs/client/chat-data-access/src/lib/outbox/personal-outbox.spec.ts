import '../../../test/indexed-database';

import { Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { MessageDto } from '@elite-chat/contracts';
import { ChatRequestError } from '@elite-chat/session';
import { aMessage, anAnswer } from '@elite-chat/testing';
import fc from 'fast-check';

import { FakeBroadcastChannel } from '../../../test/fake-broadcast-channel';
import { FakeLocks } from '../../../test/fake-locks';
import { createClientMessageId } from '../thread/client-message-id';
import type { LocalMessage } from '../thread/thread-message';
import { openOutbox, type OutboxStorage } from './outbox-storage';
import { PersonalOutbox } from './personal-outbox';

const CHATS = ['one', 'two'];
const pause = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(2);
}

/** What becomes of one try: stored and answered, stored and the answer lost, or neither. */
type Fate = 'answered' | 'answer lost' | 'not arrived';

/** A server that stores each id once, whoever sends it. */
class OneServer {
  readonly log: MessageDto[] = [];
  fates: Fate[] = [];

  async deliver(message: LocalMessage): Promise<MessageDto> {
    const fate = this.fates.shift() ?? 'answered';
    await pause();
    if (fate === 'not arrived') throw ChatRequestError.network();
    const known = this.log.find(({ clientMessageId }) => clientMessageId === message.clientMessageId);
    const stored = known ?? aMessage({ ...message, seq: this.log.length + 1 });
    if (!known) this.log.push(stored);
    await pause();
    if (fate === 'answer lost') throw ChatRequestError.network();
    return stored;
  }
}

describe('PersonalOutbox', () => {
  let users = 0;
  let tabs: PersonalOutbox[];
  let server: OneServer;
  let locks: FakeLocks;
  let userId: string;

  beforeEach(() => {
    Object.defineProperty(globalThis, 'BroadcastChannel', {
      value: FakeBroadcastChannel,
      configurable: true,
    });
    locks = new FakeLocks();
    begin();
  });

  afterEach(async () => {
    await Promise.all(tabs.map((tab) => tab.end()));
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  });

  function begin(): void {
    userId = `user ${++users}`;
    tabs = [];
    server = new OneServer();
  }

  /** Opens the outbox in one more tab; `spoil` breaks its storage. */
  function openTab(spoil: (storage: OutboxStorage) => void = () => undefined): PersonalOutbox {
    Object.defineProperty(navigator, 'locks', { value: locks.manager, configurable: true });
    const itsServer = server;
    const tab = new PersonalOutbox(userId, {
      injector: TestBed.inject(Injector),
      view: window,
      open: async (user) => {
        const storage = await openOutbox(user);
        spoil(storage);
        return storage;
      },
      deliver: (message) => itsServer.deliver(message),
      stored: () => undefined,
    });
    tabs.push(tab);
    return tab;
  }

  function written(chat: string, text: string): LocalMessage {
    const {
      id: _id,
      seq: _seq,
      updatedAt: _updatedAt,
      ...message
    } = aMessage({
      chat,
      sender: userId,
      message: text,
      clientMessageId: createClientMessageId(),
    });
    return message;
  }

  const textsOf = (chat: string) =>
    server.log.filter((one) => one.chat === chat).map(({ message }) => message);
  const shown = (tab: PersonalOutbox) => tab.messages().map(({ message }) => message.message);

  it('has what an earlier page left, and sends it in the order of writing', async () => {
    const before = openTab();
    server.fates = Array(50).fill('not arrived');
    for (const text of ['first', 'second']) await before.add(written('one', text));
    await before.end();
    tabs = [];
    server.fates = [];
    const after = openTab();
    await until(() => server.log.length === 2 && after.messages().length === 0);
    expect(textsOf('one')).toEqual(['first', 'second']);
  });

  it('shows in every tab what waits, and sends it from one', async () => {
    const [leading, other] = [openTab(), openTab()];
    server.fates = Array(20).fill('not arrived');
    await other.add(written('one', 'from the other'));
    await until(() => shown(leading).length === 1);
    server.fates = [];
    leading.resume();
    await until(() => leading.messages().length === 0 && other.messages().length === 0);
    expect(textsOf('one')).toEqual(['from the other']);
  });

  it('keeps a refusal with its reason over a reload', async () => {
    const before = openTab();
    const details = [{ field: 'chatId', message: 'another' }];
    jest.spyOn(server, 'deliver').mockRejectedValue(new ChatRequestError('chat_closed', 'closed', details));
    await before.add(written('one', 'too late'));
    await until(() => before.messages()[0]?.status === 'failed');
    await pause(20);
    await before.end();
    tabs = [];
    const after = openTab();
    await until(() => after.messages().length === 1);
    expect(after.messages()).toMatchObject([
      { status: 'failed', error: { code: 'chat_closed', details: [{ message: 'another' }] } },
    ]);
  });

  it('keeps over a reload what a reply is based on, and what overtook it', async () => {
    const before = openTab();
    const messages = [anAnswer({ seq: 8 })];
    jest
      .spyOn(server, 'deliver')
      .mockRejectedValue(new ChatRequestError('stale_reply', 'stale', [], undefined, undefined, messages));
    await before.add({ ...written('one', 'overtaken'), basedOnSeq: 7 });
    await until(() => before.messages()[0]?.status === 'failed');
    await pause(20);
    await before.end();
    tabs = [];
    const after = openTab();
    await until(() => after.messages().length === 1);
    expect(after.messages()).toMatchObject([
      { status: 'failed', message: { basedOnSeq: 7 }, error: { code: 'stale_reply', messages } },
    ]);
  });

  it('is forgotten when it is cleared, in every tab', async () => {
    const [first, second] = [openTab(), openTab()];
    server.fates = Array(50).fill('not arrived');
    await first.add(written('one', 'private'));
    await until(() => shown(second).length === 1);
    await first.clear();
    await until(() => shown(second).length === 0);
    await Promise.all(tabs.map((tab) => tab.end()));
    tabs = [];
    const later = openTab();
    await pause(20);
    expect(shown(later)).toEqual([]);
  });

  it('is another one for another person', async () => {
    const own = openTab();
    server.fates = Array(50).fill('not arrived');
    await own.add(written('one', 'mine'));
    userId = `user ${++users}`;
    const others = openTab();
    await pause(20);
    expect(shown(others)).toEqual([]);
  });

  it('is taken over from a tab that ends while it sends, and each message is stored once', async () => {
    const [leading, other] = [openTab(), openTab()];
    server.fates = ['answer lost'];
    await leading.add(written('one', 'once'));
    await until(() => server.log.length === 1);
    await leading.end();
    tabs = [other];
    await until(() => other.messages().length === 0);
    expect(textsOf('one')).toEqual(['once']);
  });

  const lostConnection = new DOMException('The connection is closed.', 'InvalidStateError');

  it('sends all the same where nothing can be kept nor read, and says that it would not survive', async () => {
    const tab = openTab((storage) => {
      jest.spyOn(storage, 'add').mockRejectedValue(lostConnection);
      jest.spyOn(storage, 'all').mockRejectedValue(lostConnection);
      jest.spyOn(storage, 'remove').mockRejectedValue(lostConnection);
    });
    server.fates = ['not arrived'];
    await tab.add(written('one', 'first'));
    await until(() => server.fates.length === 0);
    expect([tab.isDurable(), shown(tab)]).toEqual([false, ['first']]);
    await tab.add(written('one', 'second'));
    await until(() => tab.messages().length === 0);
    expect(textsOf('one')).toEqual(['first', 'second']);
  });

  it('sends what was kept but can’t be read back', async () => {
    const tab = openTab((storage) => {
      jest.spyOn(storage, 'all').mockRejectedValue(lostConnection);
    });
    await tab.add(written('one', 'kept'));
    await until(() => server.log.length === 1);
    expect(textsOf('one')).toEqual(['kept']);
  });

  it('is sent at once by the only tab that has it, whichever tab leads', async () => {
    openTab();
    await pause(20);
    const alone = openTab((storage) => {
      jest.spyOn(storage, 'add').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    });
    await alone.add(written('one', 'only here'));
    await until(() => server.log.length === 1 && alone.messages().length === 0);
    await until(() => alone.isDurable());
  });

  it('keeps the order of writing where one of several could not be kept', async () => {
    const tab = openTab((storage) => {
      jest.spyOn(storage, 'add').mockRejectedValueOnce(new DOMException('full', 'QuotaExceededError'));
    });
    server.fates = Array(4).fill('not arrived');
    await tab.add(written('one', 'first'));
    await tab.add(written('one', 'second'));
    await pause(20);
    expect(shown(tab)).toEqual(['first', 'second']);
    server.fates = [];
    tab.resume();
    await until(() => tab.messages().length === 0);
    expect(textsOf('one')).toEqual(['first', 'second']);
  });

  it('stores everything once and in order, whatever is lost and whichever tab ends', async () => {
    const steps = fc.array(
      fc.oneof(
        {
          weight: 5,
          arbitrary: fc.record({ act: fc.constant('write' as const), tab: fc.nat(2), chat: fc.nat(1) }),
        },
        { weight: 1, arbitrary: fc.record({ act: fc.constant('end' as const), tab: fc.nat(2) }) },
        { weight: 2, arbitrary: fc.record({ act: fc.constant('connect' as const), tab: fc.nat(2) }) },
      ),
      { minLength: 1, maxLength: 12 },
    );
    const fates = fc.array(fc.constantFrom<Fate>('answered', 'answer lost', 'not arrived'), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(steps, fates, async (plan, lot) => {
        begin();
        server.fates = lot;
        for (let index = 0; index < 3; index++) openTab();
        const expected: Record<string, string[]> = { one: [], two: [] };
        for (const [index, step] of plan.entries()) {
          const tab = tabs[step.tab % tabs.length];
          if (!tab) continue;
          if (step.act === 'write') {
            const chat = CHATS[step.chat] ?? 'one';
            await tab.add(written(chat, `message ${index}`));
            expected[chat]?.push(`message ${index}`);
          } else if (step.act === 'connect') {
            tab.resume();
          } else {
            tabs.splice(tabs.indexOf(tab), 1);
            await tab.end();
            openTab();
          }
        }
        // The line holds from now on.
        server.fates = [];
        const kept = await openOutbox(userId);
        await until(async () => {
          for (const tab of tabs) tab.resume();
          return (await kept.all()).length === 0 && tabs.every((tab) => tab.messages().length === 0);
        });
        kept.close();
        expect({ one: textsOf('one'), two: textsOf('two') }).toEqual(expected);
        await Promise.all(tabs.map((tab) => tab.end()));
        tabs = [];
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 40) },
    );
  }, 60_000);
});
