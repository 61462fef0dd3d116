import { signal } from '@angular/core';
import type { MessagePageDto } from '@elite-chat/contracts';

import type { ThreadMessage } from './thread-message';

/** Which part of a thread is loaded: from the entry `first` to `last`, or on to the end, or from the beginning. */
export class LoadedRange {
  private readonly isMoreBefore = signal(false);
  private readonly isMoreAfter = signal(false);
  private firstSeq = 0;
  private lastSeq = 0;

  /** Whether there are messages before it. */
  readonly hasOlder = this.isMoreBefore.asReadonly();

  /** Whether it ends before the thread does. */
  readonly hasNewer = this.isMoreAfter.asReadonly();

  /** Messages before this entry are not loaded, with `hasOlder`. */
  get first(): number {
    return this.firstSeq;
  }

  /** Messages after this entry are not loaded, with `hasNewer`. */
  get last(): number {
    return this.lastSeq;
  }

  /** Whether a message belongs to it. */
  holds(seq: number): boolean {
    return (!this.isMoreBefore() || seq >= this.firstSeq) && (!this.isMoreAfter() || seq <= this.lastSeq);
  }

  /** Is the newest page, and on to the end. */
  begin(page: MessagePageDto): void {
    this.firstSeq = startOf(page);
    this.isMoreBefore.set(page.hasMore);
    this.isMoreAfter.set(false);
  }

  /** Takes the page before it. */
  extendBefore(page: MessagePageDto): void {
    this.firstSeq = Math.min(this.firstSeq, startOf(page));
    this.isMoreBefore.set(page.hasMore);
  }

  /** Takes the page after it. */
  extendAfter(page: MessagePageDto): void {
    this.lastSeq = Math.max(this.lastSeq, page.seq);
    this.isMoreAfter.set(page.hasMore);
  }

  /** Gives up what comes after so many messages. */
  keepFirst(rows: readonly ThreadMessage[], count: number): readonly ThreadMessage[] {
    const last = rows[count - 1];
    if (rows.length <= count || last?.status !== 'sent') return rows;
    this.lastSeq = last.message.seq;
    this.isMoreAfter.set(true);
    return rows.slice(0, count);
  }

  /** Gives up what comes before so many messages. */
  keepLast(rows: readonly ThreadMessage[], count: number): readonly ThreadMessage[] {
    const first = rows.at(-count);
    if (rows.length <= count || first?.status !== 'sent') return rows;
    this.firstSeq = first.message.seq;
    this.isMoreBefore.set(true);
    return rows.slice(-count);
  }
}

/** A page may cover more than it holds; and the first message it holds is a place to go on from at any rate. */
function startOf(page: MessagePageDto): number {
  return Math.min(page.seq, page.messages[0]?.seq ?? page.seq);
}
