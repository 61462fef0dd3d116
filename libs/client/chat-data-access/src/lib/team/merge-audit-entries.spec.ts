import { anAuditEntry } from '@elite-chat/testing';

import { mergeAuditEntries } from './merge-audit-entries';

/** The entries from one number down to another. */
const entries = (from: number, to: number, name = 'Bo Lind') =>
  Array.from({ length: from - to + 1 }, (_, index) =>
    anAuditEntry({ seq: from - index, subject: { id: 'bo', name } }),
  );
const numbers = (merged: readonly { seq: number }[]) => merged.map(({ seq }) => seq);

describe('mergeAuditEntries', () => {
  it('puts the newest page before the older entries that join it', () => {
    expect(numbers(mergeAuditEntries(entries(7, 1), entries(9, 6)))).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(numbers(mergeAuditEntries(entries(5, 4), entries(9, 6)))).toEqual([9, 8, 7, 6, 5, 4]);
  });

  it('forgets what does not join it, rather than have a gap', () => {
    expect(numbers(mergeAuditEntries(entries(4, 1), entries(9, 6)))).toEqual([9, 8, 7, 6]);
  });

  it('takes the page for true where the log was restored', () => {
    const merged = mergeAuditEntries(entries(9, 1), entries(5, 4, 'Dee'));
    expect(numbers(merged)).toEqual([5, 4, 3, 2, 1]);
    expect(merged[0]?.subject.name).toBe('Dee');
    expect(mergeAuditEntries(entries(9, 1), [])).toEqual([]);
  });
});
