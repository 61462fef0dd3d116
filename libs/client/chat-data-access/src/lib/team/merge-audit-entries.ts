import type { AuditEntryDto } from '@elite-chat/contracts';

/**
 * The newest page of the audit log and the older entries that are known, newest first and without a gap: where
 * too much came between, what is known goes. Newer ones than the page's are of a log that was since restored.
 */
export function mergeAuditEntries(
  known: readonly AuditEntryDto[],
  newest: readonly AuditEntryDto[],
): readonly AuditEntryDto[] {
  const [last, head] = [newest.at(-1), known[0]];
  if (!last || !head || head.seq < last.seq - 1) return newest;
  return [...newest, ...known.filter(({ seq }) => seq < last.seq)];
}
