import type { ChatDto } from '@elite-chat/contracts';
import { aChat, aMessage, anAnswer, anAssignment, timeOfEntry, anAdmin } from '@elite-chat/testing';
import fc from 'fast-check';

import { withMessage, withReceipt } from './chat-changes';
import { mergeChats } from './merge-chats';

/** The chat as the server would describe it after so many messages, of which so many are read. */
function row(id: number, lastSeq: number, read: number): ChatDto {
  return aChat({
    id: String(id).padStart(24, '0'),
    lastSeq,
    lastMessage: `Message ${lastSeq}`,
    lastMessageTime: timeOfEntry(lastSeq),
    updatedAt: timeOfEntry(lastSeq),
    readSeq: { user: 0, admin: Math.min(read, lastSeq) },
    unreadCount: { user: 0, admin: lastSeq - Math.min(read, lastSeq) },
  });
}

const rows = fc.array(
  fc
    .record({ id: fc.integer({ min: 1, max: 3 }), lastSeq: fc.integer({ min: 1, max: 6 }), read: fc.nat(6) })
    .map(({ id, lastSeq, read }) => row(id, lastSeq, read)),
  { maxLength: 12 },
);

describe('mergeChats', () => {
  it('ends with the newest row and the furthest read mark of each chat, in any order', () => {
    fc.assert(
      fc.property(rows, (incoming) => {
        const merged = incoming.reduce<ChatDto[]>((chats, chat) => mergeChats(chats, [chat]), []);
        for (const chat of merged) {
          const versions = incoming.filter(({ id }) => id === chat.id);
          const lastSeq = Math.max(...versions.map((version) => version.lastSeq));
          const read = Math.max(...versions.map((version) => version.readSeq.admin));
          expect(chat).toEqual(row(Number(chat.id), lastSeq, read));
        }
        expect(new Set(merged.map(({ id }) => id))).toEqual(new Set(incoming.map(({ id }) => id)));
      }),
      { numRuns: 500 },
    );
  });

  it('puts the newest activity first', () => {
    const merged = mergeChats([row(1, 1, 0)], [row(2, 3, 0), row(3, 2, 0)]);
    expect(merged.map(({ id }) => Number(id))).toEqual([2, 3, 1]);
  });

  it('takes the later change of two with the same head', () => {
    const open = aChat({ updatedAt: timeOfEntry(1) });
    const closed = aChat({ isActive: false, updatedAt: timeOfEntry(2) });
    expect(mergeChats([open], [closed])).toEqual([closed]);
    expect(mergeChats([closed], [open])).toEqual([closed]);
  });

  it('takes a restored chat although its numbers are lower', () => {
    const restored = { ...row(1, 2, 0), epoch: 'another' };
    expect(mergeChats([row(1, 5, 5)], [restored])).toEqual([restored]);
  });
});

describe('withMessage', () => {
  it('counts a message once, for the side that reads it', () => {
    const once = withMessage(aChat(), aMessage({ seq: 1 }));
    expect(once).toMatchObject({ lastSeq: 1, lastMessage: 'Message 1', unreadCount: { user: 0, admin: 1 } });
    expect(withMessage(once, aMessage({ seq: 1 }))).toBe(once);
    expect(withMessage(once, anAnswer({ seq: 2 })).unreadCount).toEqual({ user: 1, admin: 1 });
  });

  it('takes of a system message what it changes, and counts it for neither side', () => {
    const { id, name } = anAdmin();
    const admin = { id, name };
    expect(withMessage(aChat(), anAssignment({ seq: 1 }))).toEqual({ ...aChat(), admin, lastSeq: 1 });
    const reopened = anAssignment({ seq: 1, system: { kind: 'reopened' } });
    expect(withMessage(aChat({ isActive: false }), reopened).isActive).toBe(true);
    const closed = anAssignment({ seq: 1, system: { kind: 'closed' } });
    expect(withMessage(aChat(), closed)).toEqual({ ...aChat(), isActive: false, lastSeq: 1 });
    const unassigned = anAssignment({ seq: 1, system: { kind: 'unassigned' } });
    expect(withMessage(aChat({ admin }), unassigned)).toEqual({ ...aChat(), lastSeq: 1 });
  });
});

describe('withReceipt', () => {
  it('takes a mark that moves, and none that goes back', () => {
    const receipt = { chatId: aChat().id, reader: 'admin', readAt: null, lastSeq: 5 } as const;
    const read = withReceipt(row(1, 5, 1), { ...receipt, chatId: row(1, 5, 1).id, seq: 4, unreadCount: 1 });
    expect(read).toMatchObject({ readSeq: { user: 0, admin: 4 }, unreadCount: { user: 0, admin: 1 } });
    expect(withReceipt(read, { ...receipt, chatId: read.id, seq: 3, unreadCount: 2 })).toBe(read);
  });
});
