import type { MessagePageDto } from '@elite-chat/contracts';
import { aMessage, aMessagePage, messagesBetween } from '@elite-chat/testing';

import { LOADED_MESSAGES_MAX, ThreadLog } from './thread-log';

describe('ThreadLog', () => {
  it('begins anew with the numbers of another epoch, also lower ones', () => {
    const log = new ThreadLog();
    log.reset(aMessagePage(messagesBetween(1, 5)));
    log.reset(aMessagePage(messagesBetween(1, 3), { epoch: 'restored' }));
    expect(log.completeSeq).toBe(3);
    expect(log.isBehind).toBe(false);
    log.receive(aMessage({ seq: 5 }));
    expect(log.isBehind).toBe(true);
  });

  it('keeps a bounded part of a long thread, and takes the end anew when the reader comes back to it', () => {
    const log = new ThreadLog();
    log.reset(aMessagePage(messagesBetween(9_951, 10_000), { hasMore: true }));
    const page = (first: number, overrides: Partial<MessagePageDto>) =>
      aMessagePage(messagesBetween(first, first + 49), { lastSeq: 10_000, hasMore: true, ...overrides });
    for (let first = 9_901; first > 7_000; first -= 50) log.addOlder(page(first, { seq: first }));
    expect(log.messages()).toHaveLength(LOADED_MESSAGES_MAX);
    expect([log.hasNewer(), log.lastSeq]).toEqual([true, 9_000]);

    log.receive(aMessage({ seq: 10_001 }));
    log.receive(aMessage({ seq: 9_500, message: 'changed' }));
    expect([log.isBehind, log.messages().length]).toEqual([false, LOADED_MESSAGES_MAX]);

    for (let last = 9_050; last <= 10_000; last += 50) log.addNewer(page(last - 49, { seq: last }));
    expect(log.messages()).toHaveLength(LOADED_MESSAGES_MAX);
    log.addNewer(aMessagePage([aMessage({ seq: 10_001 })], { seq: 10_001, lastSeq: 10_001 }));
    expect([log.hasNewer(), log.hasOlder(), log.messages().length]).toEqual([false, true, 2_000]);
    expect(log.messages().at(-1)?.message).toMatchObject({ seq: 10_001 });
  });

  it('says up to where it is shown without a gap: the end of what is loaded, and nothing beyond a hole', () => {
    const log = new ThreadLog(10);
    expect(log.shownSeq).toBeNull();
    log.reset(aMessagePage(messagesBetween(91, 100), { hasMore: true }));
    expect(log.shownSeq).toBe(100);
    log.receive(aMessage({ seq: 102 }));
    expect(log.shownSeq).toBe(100);
    log.receive(aMessage({ seq: 101 }));
    expect(log.shownSeq).toBe(102);
    log.addOlder(aMessagePage(messagesBetween(83, 90), { lastSeq: 102, seq: 83, hasMore: true }));
    expect([log.hasNewer(), log.shownSeq]).toEqual([true, 92]);
  });

  it.each([
    [true, 2_502],
    [false, 2_000],
  ])('gives up what is far from the reader, who is at the end: %p', (isReaderAtEnd, last) => {
    const log = new ThreadLog();
    log.reset(aMessagePage(messagesBetween(1, 2_500)));
    log.bound(isReaderAtEnd);
    expect(log.messages()).toHaveLength(2_500);
    log.receive(aMessage({ seq: 2_501 }));
    log.bound(isReaderAtEnd);
    log.receive(aMessage({ seq: 2_502 }));
    expect(log.messages().at(-1)?.message).toMatchObject({ seq: last });
    expect(log.messages().length).toBeLessThanOrEqual(2_001);
    expect(log.isBehind).toBe(false);
  });

  it('is behind after an older page that was read before the last changes', () => {
    const log = new ThreadLog();
    log.reset(aMessagePage(messagesBetween(51, 100), { hasMore: true }));
    log.receive(aMessage({ seq: 101 }));
    log.addOlder(aMessagePage(messagesBetween(1, 50), { lastSeq: 100, seq: 1 }));
    expect([log.isBehind, log.completeSeq]).toEqual([true, 100]);
    // Asked for before that page came: it does not say what was between.
    log.catchUp(101, aMessagePage([], { seq: 102, lastSeq: 102 }));
    expect(log.completeSeq).toBe(100);
  });
});
