import type { MessageDto } from '@elite-chat/contracts';
import { aMessage, aUser, timeOfEntry } from '@elite-chat/testing';
import fc from 'fast-check';
import { ChatRequestError } from '@elite-chat/session';

import { mergeMessages } from './merge-messages';
import { type LocalMessage, sentMessage, type ThreadMessage, threadMessageKey } from './thread-message';

function localCopy(seq: number, status: 'sending' | 'failed' = 'sending'): ThreadMessage {
  const { id: _id, seq: _seq, updatedAt: _updatedAt, ...message }: MessageDto = aMessage({ seq });
  const local: LocalMessage = message;
  const key = threadMessageKey(local);
  return status === 'sending'
    ? { status, key, message: local }
    : { status, key, message: local, error: ChatRequestError.timeout() };
}

/** A message as it was at its `revision`-th change, before or after it was read. */
function version(seq: number, revision: number, isRead: boolean): MessageDto {
  return aMessage({
    seq,
    message: `Message ${seq}, revision ${revision}`,
    updatedAt: timeOfEntry(seq + revision),
    isRead,
    readAt: isRead ? timeOfEntry(seq + 3) : null,
  });
}

/** Packets as any network may deliver them: versions of messages, whole or in part, several times over. */
const packets = fc.array(
  fc.array(
    fc
      .record({ seq: fc.integer({ min: 1, max: 12 }), revision: fc.nat(3), isRead: fc.boolean() })
      .map(({ seq, revision, isRead }) => version(seq, revision, isRead)),
    { maxLength: 6 },
  ),
  { maxLength: 10 },
);

function mergeAll(sets: readonly (readonly ThreadMessage[])[]): ThreadMessage[] {
  return sets.reduce<ThreadMessage[]>((thread, set) => mergeMessages(thread, set), []);
}

/** What the thread must be, worked out in another way: the newest of each, read if any says so. */
function expected(messages: readonly MessageDto[]): MessageDto[] {
  const result: MessageDto[] = [];
  for (let seq = 1; seq <= 12; seq++) {
    const versions = messages.filter((message) => message.seq === seq);
    const newest = versions.toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt))[0];
    if (!newest) continue;
    const isRead = versions.some((message) => message.isRead);
    result.push({ ...newest, isRead, readAt: isRead ? timeOfEntry(seq + 3) : null });
  }
  return result;
}

describe('mergeMessages', () => {
  it('makes the same thread of the same packets in any order', () => {
    fc.assert(
      fc.property(packets, fc.infiniteStream(fc.nat()), (sets, random) => {
        const rows = sets.map((set) => set.map(sentMessage));
        const shuffled = rows
          .map((set) => ({ set, rank: random.next().value as number }))
          .sort((one, other) => one.rank - other.rank)
          .map(({ set }) => set);

        const merged = mergeAll(shuffled).map(({ message }) => message);

        expect(merged).toEqual(expected(sets.flat()));
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing when packets come again', () => {
    fc.assert(
      fc.property(packets, fc.array(fc.nat()), (sets, repeated) => {
        const rows = sets.map((set) => set.map(sentMessage));
        const once = mergeAll(rows);
        const again = repeated.map((index) => rows[index % Math.max(1, rows.length)] ?? []);
        expect(mergeAll([once, ...again])).toEqual(once);
      }),
    );
  });

  it('never shows an own copy beside its stored message, whichever comes first', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4]), fc.shuffledSubarray([1, 2, 3, 4]), (stored, local) => {
        const copies = local.map((seq) => localCopy(seq));
        const messages = stored.map((seq) => sentMessage(aMessage({ seq })));
        const keys = [...stored].sort().map((seq) => threadMessageKey(aMessage({ seq })));
        const waiting = copies.map(({ key }) => key).filter((key) => !keys.includes(key));

        expect(mergeMessages(mergeMessages([], copies), messages).map(({ key }) => key)).toEqual([
          ...keys,
          ...waiting,
        ]);
        expect(mergeMessages(mergeMessages([], messages), copies).map(({ key }) => key)).toEqual([
          ...keys,
          ...waiting,
        ]);
      }),
    );
  });

  it('lets a copy change between sending and failed where it stands', () => {
    const thread = mergeMessages([], [localCopy(1), localCopy(2)]);
    const statuses = mergeMessages(thread, [localCopy(1, 'failed')]).map(({ status }) => status);
    expect(statuses).toEqual(['failed', 'sending']);
  });

  it("does not take another person's message with the same client id for ours", () => {
    const theirs = aMessage({ seq: 1, sender: aUser({ id: 'f'.repeat(24) }).id });
    expect(mergeMessages([localCopy(1)], [sentMessage(theirs)])).toHaveLength(2);
  });

  it('leaves its input as it was', () => {
    const current = Object.freeze([sentMessage(aMessage({ seq: 2 }))]);
    const incoming = Object.freeze([sentMessage(aMessage({ seq: 1 }))]);
    expect(mergeMessages(current, incoming)).toHaveLength(2);
  });
});
