import { type Attempt } from '@elite-chat/chat-client';

import { type StoredData, type StoredEntry } from './stored-data';

/** What is wrong with a log, each list with what was found. */
export interface LogFaults {
  /** Acknowledged and not stored, or stored otherwise than acknowledged. */
  lost: string[];
  /** Stored more often than once. */
  dup: string[];
  /** Numbers that are missing, or given twice. */
  gaps: string[];
  /** A device's messages that stand in another order than they were sent in. */
  order: string[];
  /** Stored though nobody wrote it. */
  invented: string[];
}

/** Jepsen's `set` with order: compares what was written and acknowledged with what is read back. */
export function checkLog(attempts: readonly Attempt[], { entries }: StoredData): LogFaults {
  const faults: LogFaults = { lost: [], dup: [], gaps: [], order: [], invented: [] };
  const byKey = new Map<string, StoredEntry[]>();
  for (const [chatId, log] of entries) {
    log.forEach((entry, index) => {
      if (entry.seq !== index + 1) faults.gaps.push(`${chatId}: ${entry.seq} stands at place ${index + 1}`);
      if (entry.sender === null) return;
      const key = keyOf(chatId, entry.sender.toHexString(), entry.clientMessageId);
      const same = byKey.get(key);
      if (same) same.push(entry);
      else byKey.set(key, [entry]);
    });
  }
  for (const [key, same] of byKey) if (same.length > 1) faults.dup.push(`${key}: ${same.length} times`);
  checkAttempts(attempts, byKey, faults);
  return faults;
}

function checkAttempts(
  attempts: readonly Attempt[],
  byKey: Map<string, StoredEntry[]>,
  faults: LogFaults,
): void {
  const lastSeq = new Map<string, number>();
  const expected = new Set<string>();
  const inOrder = [...attempts].sort((one, other) => one.order - other.order);
  for (const attempt of inOrder) {
    const key = keyOf(attempt.chatId, attempt.sender, attempt.clientMessageId);
    expected.add(key);
    const stored = byKey.get(key)?.[0];
    for (const ack of attempt.acks) {
      const isSame = stored?._id.toHexString() === ack.id && stored.seq === ack.seq;
      if (!isSame || stored.message !== attempt.message) faults.lost.push(`${key}: ${attempt.message}`);
    }
    if (!stored) continue;
    const last = lastSeq.get(attempt.device) ?? 0;
    if (stored.seq < last) faults.order.push(`${key}: ${stored.seq} was sent after ${last}`);
    lastSeq.set(attempt.device, Math.max(stored.seq, last));
  }
  for (const key of byKey.keys()) if (!expected.has(key)) faults.invented.push(key);
}

function keyOf(chatId: string, sender: string, clientMessageId: string): string {
  return `${chatId} ${sender} ${clientMessageId}`;
}
