import { aMessage } from '@elite-chat/testing';
import { ChatRequestError } from '@elite-chat/session';

import type { LocalMessage } from '../thread/thread-message';
import { MessageSender } from './message-sender';

describe('MessageSender', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function start(failure: ChatRequestError) {
    const queue: LocalMessage[] = [aMessage({ seq: 1 })];
    let isFirst = true;
    const desk = {
      next: () => queue[0],
      deliver: jest.fn(async (message: LocalMessage) => {
        if (!isFirst) return aMessage(message);
        isFirst = false;
        throw failure;
      }),
      stored: jest.fn(() => void queue.shift()),
      failed: jest.fn(() => void queue.shift()),
    };
    const sender = new MessageSender(desk);
    sender.wake();
    return { queue, desk, sender };
  }

  it('waits as long as the server asks, however much is written meanwhile', async () => {
    const { queue, desk, sender } = start(new ChatRequestError('busy', 'x', [], 10));
    await jest.advanceTimersByTimeAsync(0);
    for (let seq = 2; seq <= 9; seq++) {
      queue.push(aMessage({ seq }));
      sender.wake();
    }
    await jest.advanceTimersByTimeAsync(9_900);
    expect(desk.deliver).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1_200);
    expect([desk.stored.mock.calls.length, desk.failed.mock.calls.length]).toEqual([9, 0]);
  });

  it('waits for the line no longer when there is a new connection', async () => {
    const { desk, sender } = start(ChatRequestError.timeout());
    await jest.advanceTimersByTimeAsync(0);
    sender.resume();
    await jest.advanceTimersByTimeAsync(0);
    expect(desk.stored).toHaveBeenCalledTimes(1);
  });

  it.each(['busy', 'unavailable', 'rate_limited'] as const)(
    'waits as long as the server asks with %s, however often there is a new connection',
    async (code) => {
      const { desk, sender } = start(new ChatRequestError(code, 'x', [], 10));
      for (let second = 0; second < 10; second++) {
        sender.resume();
        await jest.advanceTimersByTimeAsync(1_000);
      }
      expect(desk.deliver).toHaveBeenCalledTimes(1);
      await jest.advanceTimersByTimeAsync(1_200);
      expect(desk.stored).toHaveBeenCalledTimes(1);
    },
  );
});
