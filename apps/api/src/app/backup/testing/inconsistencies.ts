import { type Connection } from 'mongoose';

import { type AuditEntry } from '../../audit/schemas/audit-entry.schema';
import { type AuditHead } from '../../audit/schemas/audit-head.schema';
import { advanceHead, EMPTY_HEAD, projectedHead, unreadCounts } from '../../chat/log/log-head';
import { countedOf, figuresOf } from '../../chat/overview/chat-figures';
import { readTime } from '../../chat/projection/read-times';
import { type ActiveChat } from '../../chat/schemas/active-chat.schema';
import { type Chat, UNASSIGNED } from '../../chat/schemas/chat.schema';
import { type Counter, INBOX_COUNTER, openCounterId } from '../../chat/schemas/counter.schema';
import { LANES, type Message } from '../../chat/schemas/message.schema';

/** Everything in an idle database that doesn't follow from its logs, counted anew; nothing where all is well. */
export async function inconsistencies(connection: Connection): Promise<string[]> {
  const found: string[] = [];
  const expect = (what: string, is: unknown, shouldBe: unknown) => {
    const [one, other] = [JSON.stringify(is), JSON.stringify(shouldBe)];
    if (one !== other) found.push(`${what} is ${one} and should be ${other}`);
  };
  const chats = await connection.collection<Chat>('chats').find().sort({ _id: 1 }).toArray();
  const messages = await connection
    .collection<Message>('messages')
    .find()
    .sort({ chat: 1, lane: 1, seq: 1 })
    .toArray();
  const people = new Set(
    (await connection.collection('users').find().toArray()).map(({ _id }) => String(_id)),
  );

  for (const chat of chats) {
    const id = chat._id.toHexString();
    const log = messages.filter((entry) => entry.chat.equals(chat._id));
    for (const lane of LANES) {
      const numbers = log.filter((entry) => entry.lane === lane).map(({ seq }) => seq);
      expect(
        `the ${lane} of ${id}`,
        numbers,
        Array.from({ length: numbers.length }, (_, index) => index + 1),
      );
    }
    const thread = log.filter(({ lane }) => lane === 'thread');
    expect(`the head in ${id}`, projectedHead(chat), thread.reduce(advanceHead, EMPTY_HEAD));
    expect(`the unread of ${id}`, chat.unreadCount, unreadCounts(chat));
    const assigned = thread.findLast(({ system }) => /assigned$/.test(system?.kind ?? ''))?.system;
    expect(`the admin of ${id}`, chat.admin, assigned?.admin?.id ?? null);
    const status = thread.findLast(({ system }) => /^(closed|reopened)$/.test(system?.kind ?? ''))?.system;
    expect(`whether ${id} is active`, chat.isActive, status?.kind !== 'closed');
    expect(`what is counted of ${id}`, countedOf(chat), figuresOf(chat));
    const isOpen = chat.isListed && chat.isActive;
    expect(
      `the flags of ${id}`,
      [chat.isListed, chat.isOpen, chat.hasUnread, chat.isWaiting, chat.openAssignee],
      [
        chat.lastMessageTime !== null,
        isOpen,
        chat.unreadCount.admin > 0,
        isOpen && chat.lastSender?.role === 'user',
        isOpen ? (chat.admin ?? UNASSIGNED) : null,
      ],
    );
    for (const [side, mark] of Object.entries(chat.readMarks)) {
      const at = thread.find(({ seq }) => seq === mark.seq);
      expect(`the mark of the ${side} in ${id}`, mark.written, at?.written ?? { user: 0, admin: 0 });
    }
    for (const entry of thread.filter((one) => one.isRead)) {
      expect(`reading of ${id}/${entry.seq}`, readTime(entry, chat.readMarks) !== null, true);
    }
    for (const person of [chat.user, chat.admin, ...log.map(({ sender }) => sender)]) {
      if (person) expect(`the person ${String(person)}`, people.has(String(person)), true);
    }
  }
  expect(
    'the entries of chats that are not there',
    messages.filter((entry) => !chats.some((chat) => chat._id.equals(entry.chat))).length,
    0,
  );
  const active = await connection.collection<ActiveChat>('active_chats').find().toArray();
  expect(
    'the active chats',
    active.map(({ _id, chat }) => `${String(_id)} ${String(chat)}`).sort(),
    chats
      .filter(({ isActive }) => isActive)
      .map(({ user, _id }) => `${String(user)} ${String(_id)}`)
      .sort(),
  );
  const counters = await connection.collection<Counter>('counters').find().toArray();
  const inbox = counters.find(({ _id }) => _id === INBOX_COUNTER);
  expect(
    'the counter of the inbox',
    [inbox?.open, inbox?.unread, inbox?.waiting],
    [
      chats.filter((chat) => chat.isOpen).length,
      chats.filter((chat) => chat.hasUnread).length,
      chats.filter((chat) => chat.isWaiting).length,
    ],
  );
  for (const assignee of [UNASSIGNED, ...people]) {
    expect(
      `the counter of open chats of ${assignee}`,
      counters.find(({ _id }) => _id === openCounterId(assignee))?.open ?? 0,
      chats.filter(({ openAssignee }) => openAssignee === assignee).length,
    );
  }
  expect(
    'the counted messages',
    counters.reduce((sum, { n }) => sum + (n ?? 0), 0),
    messages.filter((entry) => entry.lane === 'thread' && entry.senderRole !== 'system').length,
  );
  const audited = await connection.collection<AuditEntry>('audit_entries').find().sort({ _id: 1 }).toArray();
  const auditHead = await connection.collection<AuditHead>('audit_heads').findOne();
  expect(
    'the audit log',
    [...audited.map(({ _id }) => _id), auditHead?.seq ?? 0],
    [...audited.map((_, index) => index + 1), audited.length],
  );
  for (const { _id, actor, subject } of audited) {
    for (const { id } of [actor, subject]) {
      expect(`whom entry ${_id} names`, people.has(String(id)), true);
    }
  }
  return found;
}
