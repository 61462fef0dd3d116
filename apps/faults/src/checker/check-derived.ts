import { LAST_MESSAGE_CHARACTERS_MAX, truncateText } from '@elite-chat/contracts';

import { type StoredChat, type StoredData, type StoredEntry } from './stored-data';

type Sides = Record<'user' | 'admin', number>;

/** What the chat documents and the counters say otherwise than the log; empty where all is true. */
export function checkDerived({ entries, chats, inbox, openOf, countedMessages }: StoredData): string[] {
  const faults: string[] = [];
  const sum = { open: 0, unread: 0, waiting: 0, messages: 0 };
  const assignees = new Set(openOf.keys());
  for (const chat of chats) {
    const id = chat._id.toHexString();
    const log = entries.get(id) ?? [];
    for (const [what, actual, expected] of compareChat(chat, log)) {
      if (actual !== expected) faults.push(`${id}: ${what} is ${actual}, the log says ${expected}`);
    }
    if (chat.openAssignee !== null) assignees.add(chat.openAssignee);
    sum.open += Number(chat.isOpen);
    sum.unread += Number(chat.hasUnread);
    sum.waiting += Number(chat.isWaiting);
    sum.messages += log.filter(({ senderRole }) => senderRole !== 'system').length;
  }
  for (const figure of ['open', 'unread', 'waiting'] as const) {
    const counted = inbox[figure] ?? 0;
    if (counted !== sum[figure]) faults.push(`counter ${figure} is ${counted}, a recount ${sum[figure]}`);
  }
  for (const assignee of assignees) {
    const [counted, open] = [
      openOf.get(assignee) ?? 0,
      chats.filter((chat) => chat.openAssignee === assignee).length,
    ];
    if (counted !== open) faults.push(`counter of ${assignee} is ${counted}, a recount ${open}`);
  }
  if (countedMessages !== sum.messages)
    faults.push(`counted messages are ${countedMessages}, a recount ${sum.messages}`);
  return faults;
}

function compareChat(chat: StoredChat, log: readonly StoredEntry[]): [string, unknown, unknown][] {
  const people = log.filter(({ senderRole }) => senderRole !== 'system');
  const newest = people.at(-1);
  const assigned = log.findLast(({ system }) => system?.kind === 'assigned' || system?.kind === 'unassigned');
  const isClosed =
    log.findLast(({ system }) => system?.kind === 'closed' || system?.kind === 'reopened')?.system?.kind ===
    'closed';
  const unread = countUnread(chat, people);
  return [
    ['lastSeq', chat.lastSeq, log.at(-1)?.seq ?? 0],
    ['lastMessage', chat.lastMessage, newest ? beginningOf(newest) : null],
    ['unreadCount.user', chat.unreadCount.user, unread.user],
    ['unreadCount.admin', chat.unreadCount.admin, unread.admin],
    ['admin', chat.admin?.toHexString() ?? null, assigned?.system?.admin?.id ?? null],
    ['isActive', chat.isActive, !isClosed],
    ['openAssignee', chat.openAssignee, assigneeOf(chat, people)],
    ['hasUnread', chat.hasUnread, people.length > 0 && unread.admin > 0],
    ['isOpen', chat.isOpen, people.length > 0 && chat.isActive],
    ['isWaiting', chat.isWaiting, chat.isActive && newest?.senderRole === 'user'],
    ['read marks within the log', isWithin(chat, log), true],
  ];
}

function assigneeOf({ isActive, admin }: StoredChat, people: readonly StoredEntry[]): string | null {
  if (!isActive || people.length === 0) return null;
  return admin?.toHexString() ?? 'unassigned';
}

function beginningOf({ message }: StoredEntry): string {
  return truncateText(message, LAST_MESSAGE_CHARACTERS_MAX);
}

/** Counted one by one: not by the subtraction that the product uses. */
function countUnread(chat: StoredChat, people: readonly StoredEntry[]): Sides {
  const of = (side: 'user' | 'admin', other: 'user' | 'admin') =>
    people.filter(({ senderRole, seq }) => senderRole === other && seq > chat.readMarks[side].seq).length;
  return { user: of('user', 'admin'), admin: of('admin', 'user') };
}

function isWithin({ readMarks }: StoredChat, log: readonly StoredEntry[]): boolean {
  const head = log.at(-1)?.seq ?? 0;
  return readMarks.user.seq <= head && readMarks.admin.seq <= head;
}
