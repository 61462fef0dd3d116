import type { MessageDto } from '@elite-chat/contracts';

import type { FailedMessage, SendingMessage, SentMessage, ThreadMessage } from './thread-message';

/**
 * The one way into a thread, for acks, broadcasts, history, catch-up and own copies alike; in any order
 * and any number of times. Stored messages stand ascending by `seq`, own copies after them as they were
 * written. A stored message takes the place of its own copy, and the copy never comes back.
 */
export function mergeMessages(
  current: readonly ThreadMessage[],
  incoming: readonly ThreadMessage[],
): ThreadMessage[] {
  const stored = new Map<number, SentMessage>();
  const local = new Map<string, SendingMessage | FailedMessage>();

  for (const message of [...current, ...incoming]) {
    if (message.status !== 'sent') {
      local.set(message.key, message);
      continue;
    }
    const { seq } = message.message;
    const known = stored.get(seq);
    stored.set(seq, known ? mergeStored(known, message) : message);
  }

  const rows = [...stored.values()].sort((one, other) => one.message.seq - other.message.seq);
  for (const { key } of rows) local.delete(key);
  return [...rows, ...local.values()];
}

function mergeStored(one: SentMessage, other: SentMessage): SentMessage {
  const newer = other.message.updatedAt >= one.message.updatedAt ? other : one;
  const older = newer === other ? one : other;
  if (newer.message.isRead && newer.message.readAt === earliest(one.message, other.message)) return newer;
  if (!newer.message.isRead && !older.message.isRead) return newer;
  return {
    ...newer,
    message: { ...newer.message, isRead: true, readAt: earliest(one.message, other.message) },
  };
}

/** Who is told of one reading twice goes by the first time. */
function earliest(one: MessageDto, other: MessageDto): string | null {
  if (one.readAt === null || other.readAt === null) return one.readAt ?? other.readAt;
  return one.readAt < other.readAt ? one.readAt : other.readAt;
}
