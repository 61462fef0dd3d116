import { signal } from '@angular/core';
import type { MessageDto, MessagePageDto, ReadReceiptDto, SideNumbersDto } from '@elite-chat/contracts';

import { mergeMessages } from './merge-messages';
import { furtherMarks, readMessages } from './read-state';
import { sentMessage, type ThreadMessage } from './thread-message';

/** What is loaded of a chat's thread: one range without holes up to `completeSeq`, and what came early. */
export class ThreadLog {
  private readonly rows = signal<readonly ThreadMessage[]>([]);
  private readonly marks = signal<SideNumbersDto>({ user: 0, admin: 0 });
  private readonly isMoreBefore = signal(false);
  /** Numbers beyond `completeSeq` that came before those between. */
  private readonly early = new Set<number>();
  private first = 0;
  private complete = 0;
  private currentEpoch: string | null = null;

  /** The stored messages, ascending. */
  readonly messages = this.rows.asReadonly();

  /** Up to which entry each side has read. */
  readonly readSeq = this.marks.asReadonly();

  /** Whether there are messages before the first one loaded. */
  readonly hasOlder = this.isMoreBefore.asReadonly();

  /** The database's epoch that all numbers belong to; null before the first page. */
  get epoch(): string | null {
    return this.currentEpoch;
  }

  /** The entry up to which nothing is missing after the first one loaded. */
  get completeSeq(): number {
    return this.complete;
  }

  /** Where the page before the first one loaded begins: its `before`. */
  get firstSeq(): number {
    return this.first;
  }

  /** Begins anew with the newest page. What was heard beyond it stays, unless it is of another epoch. */
  reset(page: MessagePageDto): void {
    const isSameEpoch = this.currentEpoch === null || this.currentEpoch === page.epoch;
    const beyond = isSameEpoch
      ? this.rows().filter((row) => row.status === 'sent' && row.message.seq > page.lastSeq)
      : [];
    this.early.clear();
    for (const row of beyond) if (row.status === 'sent') this.early.add(row.message.seq);
    if (!isSameEpoch) {
      this.marks.set({ user: 0, admin: 0 });
      this.complete = 0;
    }

    this.currentEpoch = page.epoch;
    this.rows.set([]);
    this.first = startOf(page);
    this.isMoreBefore.set(page.hasMore);
    this.advance(page.lastSeq);
    this.merge([...page.messages.map(sentMessage), ...beyond]);
    this.raiseMarks(page.readSeq);
  }

  /** Puts the page before the first message in front. */
  addOlder(page: MessagePageDto): void {
    this.first = Math.min(this.first, startOf(page));
    this.isMoreBefore.set(page.hasMore);
    this.merge(page.messages.map(sentMessage));
    this.raiseMarks(page.readSeq);
  }

  /** Takes entries after `completeSeq`. Changes of messages that are not loaded are dropped. */
  addNewer(page: MessagePageDto): void {
    const isLoaded = ({ seq }: MessageDto) => !this.isMoreBefore() || seq >= this.first;
    this.advance(page.seq);
    this.merge(page.messages.filter(isLoaded).map(sentMessage));
    this.raiseMarks(page.readSeq);
  }

  /** Takes a message as it is heard. Says whether entries before it are missing. */
  receive(message: MessageDto): boolean {
    if (message.seq > this.complete) {
      this.early.add(message.seq);
      this.advance(this.complete);
    } else if (this.isMoreBefore() && message.seq < this.first) {
      return false;
    }
    this.merge([sentMessage(message)]);
    return this.currentEpoch !== null && message.seq > this.complete;
  }

  /** Takes a read mark with its time. */
  receiveReceipt(receipt: Pick<ReadReceiptDto, 'reader' | 'seq' | 'readAt'>): void {
    this.marks.update((marks) => furtherMarks(marks, { ...marks, [receipt.reader]: receipt.seq }));
    const read = readMessages(this.rows(), receipt);
    if (read.length > 0) this.rows.update((rows) => mergeMessages(rows, read));
  }

  /** Takes read marks without their times. */
  raiseMarks(marks: SideNumbersDto): void {
    this.receiveReceipt({ reader: 'user', seq: marks.user, readAt: null });
    this.receiveReceipt({ reader: 'admin', seq: marks.admin, readAt: null });
  }

  private merge(incoming: readonly ThreadMessage[]): void {
    const merged = mergeMessages(this.rows(), incoming);
    // A broadcast may have been on its way while a mark moved past it.
    const { user, admin } = this.marks();
    const read = [
      ...readMessages(merged, { reader: 'user', seq: user, readAt: null }),
      ...readMessages(merged, { reader: 'admin', seq: admin, readAt: null }),
    ];
    this.rows.set(read.length > 0 ? mergeMessages(merged, read) : merged);
  }

  private advance(upTo: number): void {
    this.complete = Math.max(this.currentEpoch === null ? 0 : this.complete, upTo);
    while (this.early.delete(this.complete + 1)) this.complete++;
    for (const seq of this.early) if (seq <= this.complete) this.early.delete(seq);
  }
}

/** A page may cover more than it holds; and the first message it holds is a place to go on from at any rate. */
function startOf(page: MessagePageDto): number {
  return Math.min(page.seq, page.messages[0]?.seq ?? page.seq);
}
