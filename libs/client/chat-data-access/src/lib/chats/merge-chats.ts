import type { ChatDto, ChatSide } from '@elite-chat/contracts';

/**
 * Takes rows of chats from lists, acks and broadcasts, in any order: a stale row never wins. Newest
 * activity first.
 */
export function mergeChats(current: readonly ChatDto[], incoming: readonly ChatDto[]): ChatDto[] {
  const chats = new Map(current.map((chat) => [chat.id, chat]));
  for (const chat of incoming) {
    const known = chats.get(chat.id);
    chats.set(chat.id, known ? mergeChat(known, chat) : chat);
  }
  return [...chats.values()].sort(byActivity);
}

/** The newer of two rows of one chat, with the further of their read marks. */
export function mergeChat(known: ChatDto, incoming: ChatDto): ChatDto {
  // Another epoch: the database was restored, and numbers can't be compared.
  if (known.epoch !== incoming.epoch) return incoming;
  const isStale =
    incoming.lastSeq < known.lastSeq ||
    (incoming.lastSeq === known.lastSeq && incoming.updatedAt < known.updatedAt);
  const [newer, older] = isStale ? [known, incoming] : [incoming, known];
  return keepReadMark(keepReadMark(newer, older, 'user'), older, 'admin');
}

/** Newest activity first; among chats of one moment the order of the server's cursor. */
export function byActivity(one: ChatDto, other: ChatDto): number {
  const [mine, theirs] = [activityOf(one), activityOf(other)];
  return mine === theirs ? 0 : mine < theirs ? 1 : -1;
}

function activityOf(chat: ChatDto): string {
  return `${chat.lastMessageTime ?? chat.createdAt}#${chat.id}`;
}

/** A read mark that only the older row knows goes over, with the most that can be unread after it. */
function keepReadMark(newer: ChatDto, older: ChatDto, side: ChatSide): ChatDto {
  if (older.readSeq[side] <= newer.readSeq[side]) return newer;
  const sinceThen = newer.lastSeq - older.lastSeq;
  const unread = Math.min(newer.unreadCount[side], older.unreadCount[side] + sinceThen);
  return {
    ...newer,
    readSeq: { ...newer.readSeq, [side]: older.readSeq[side] },
    unreadCount: { ...newer.unreadCount, [side]: unread },
  };
}
