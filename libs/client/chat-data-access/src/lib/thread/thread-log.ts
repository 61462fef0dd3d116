import { signal } from '@angular/core';
import type {
  MessageChangeDto,
  MessageDto,
  MessagePageDto,
  ReadReceiptDto,
  SideNumbersDto,
} from '@elite-chat/contracts';

import { LoadedRange } from './loaded-range';
import { mergeMessages } from './merge-messages';
import { furtherMarks, readMessages } from './read-state';
import { sentMessage, type ThreadMessage } from './thread-message';

/** So many messages are kept; when pages come at one end, the ones at the other end go. */
export const LOADED_MESSAGES_MAX = 2_000;

/** So many more, as a part of them, before messages that come one by one make others go. */
const ARRIVALS_PART = 1 / 4;

/**
 * What is loaded of a chat's thread: the messages of one range without holes, each as it was at the entry
 * `completeSeq` or later. What lies outside of the range is dropped, its changes as well.
 */
export class ThreadLog {
  private readonly rows = signal<readonly ThreadMessage[]>([]);
  private readonly marks = signal<SideNumbersDto>({ user: 0, admin: 0 });
  private readonly range = new LoadedRange();
  /** Numbers beyond `completeSeq` that came before those between. */
  private readonly early = new Set<number>();
  private complete = 0;
  private heard = 0;
  private currentEpoch: string | null = null;

  /** Keeps `kept` messages at most, and some more that arrive one by one. */
  constructor(private readonly kept = LOADED_MESSAGES_MAX) {}

  /** The stored messages, ascending. */
  readonly messages = this.rows.asReadonly();

  /** Up to which entry each side has read. */
  readonly readSeq = this.marks.asReadonly();

  /** Whether there are messages before the first one loaded. */
  readonly hasOlder = this.range.hasOlder;

  /** Whether there are messages after the last one loaded that are not kept, and how far those before them go. */
  readonly hasNewer = this.range.hasNewer;

  /** The database's epoch that all numbers belong to; null before the first page. */
  get epoch(): string | null {
    return this.currentEpoch;
  }

  /** The entry up to which every change of what is loaded is known, and every message after it unless `hasNewer`. */
  get completeSeq(): number {
    return this.complete;
  }

  /** The entry up to which all that is loaded stands without a gap; null before the first page. */
  get shownSeq(): number | null {
    if (this.currentEpoch === null) return null;
    return this.hasNewer() ? Math.min(this.range.last, this.complete) : this.complete;
  }

  /** The last entry that was heard of. */
  get headSeq(): number {
    return this.heard;
  }

  /** Whether entries are missing. */
  get isBehind(): boolean {
    return this.heard > this.complete;
  }

  /** Where the page before the first one loaded begins: its `before`. */
  get firstSeq(): number {
    return this.range.first;
  }

  /** Where the page after the last one loaded begins, with `hasNewer`: its `after`. */
  get lastSeq(): number {
    return this.range.last;
  }

  /** Hears of an entry's number. */
  hear(seq: number): void {
    this.heard = Math.max(this.heard, seq);
  }

  /** Begins anew with the newest page. What was heard beyond it stays, unless it is of another epoch. */
  reset(page: MessagePageDto): void {
    const isSameEpoch = this.currentEpoch === page.epoch;
    const beyond =
      isSameEpoch && !this.hasNewer()
        ? this.rows().filter((row) => row.status === 'sent' && row.message.seq > page.lastSeq)
        : [];
    this.early.clear();
    for (const row of beyond) if (row.status === 'sent') this.early.add(row.message.seq);
    if (!isSameEpoch) {
      this.marks.set({ user: 0, admin: 0 });
      this.heard = 0;
    }
    this.currentEpoch = page.epoch;
    this.complete = page.lastSeq;
    this.hear(page.lastSeq);
    this.advance(page.lastSeq);
    this.rows.set([]);
    this.range.begin(page);
    this.merge([...page.messages.map(sentMessage), ...beyond]);
    this.raiseMarks(page.readSeq);
  }

  /** Puts the page before the first message in front. Then `isBehind` when it is older than what is loaded. */
  addOlder(page: MessagePageDto): void {
    this.range.extendBefore(page);
    this.takePage(page);
    this.rows.set(this.range.keepFirst(this.rows(), this.kept));
  }

  /** Puts the page after the last message, with `hasNewer`, behind it. Then `isBehind` as with {@link addOlder}. */
  addNewer(page: MessagePageDto): void {
    this.range.extendAfter(page);
    this.takePage(page);
    this.rows.set(this.range.keepLast(this.rows(), this.kept));
  }

  /** Takes the entries after a number, by which what is loaded comes up to date. */
  catchUp(after: number, page: MessagePageDto): void {
    this.hear(page.lastSeq);
    // An older page may have come meanwhile: it is not up to date as far as that.
    if (after <= this.complete) this.advance(page.seq);
    this.merge(page.messages.filter(({ seq }) => this.range.holds(seq)).map(sentMessage));
    this.raiseMarks(page.readSeq);
  }

  /**
   * Takes a message as it is heard. Then `isBehind` when entries before it are missing. Before the first page
   * nothing is taken: nobody knows yet to which epoch it belongs, and the head will say what is missing.
   */
  receive(message: MessageDto): void {
    this.receiveChange({ seq: message.seq, message });
  }

  /** Takes a changed message as it is heard, as {@link receive} takes a new one: `seq` is the entry that tells of it. */
  receiveChange({ seq, message }: MessageChangeDto): void {
    if (this.currentEpoch === null) return;
    this.hear(seq);
    if (seq > this.complete) {
      this.early.add(seq);
      this.advance(this.complete);
    }
    if (this.range.holds(message.seq)) this.merge([sentMessage(message)]);
  }

  /** After arrivals: no more messages than are kept. Those go that are far from the reader. */
  bound(isReaderAtEnd: boolean): void {
    const { kept, range, rows } = this;
    if (rows().length <= kept * (1 + ARRIVALS_PART)) return;
    rows.set(isReaderAtEnd ? range.keepLast(rows(), kept) : range.keepFirst(rows(), kept));
  }

  /** Takes a read mark with its time. */
  receiveReceipt(receipt: Pick<ReadReceiptDto, 'reader' | 'seq' | 'readAt'>): void {
    if (this.currentEpoch === null) return;
    this.marks.update((marks) => furtherMarks(marks, { ...marks, [receipt.reader]: receipt.seq }));
    const read = readMessages(this.rows(), receipt);
    if (read.length > 0) this.rows.update((rows) => mergeMessages(rows, read));
  }

  /** Takes read marks without their times. */
  raiseMarks(marks: SideNumbersDto): void {
    this.receiveReceipt({ reader: 'user', seq: marks.user, readAt: null });
    this.receiveReceipt({ reader: 'admin', seq: marks.admin, readAt: null });
  }

  /** A page that was read before the last changes makes what is loaded as old as itself. */
  private takePage(page: MessagePageDto): void {
    this.complete = Math.min(this.complete, page.lastSeq);
    this.hear(page.lastSeq);
    this.merge(page.messages.filter(({ seq }) => this.range.holds(seq)).map(sentMessage));
    this.raiseMarks(page.readSeq);
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
    this.complete = Math.max(this.complete, upTo);
    while (this.early.delete(this.complete + 1)) this.complete++;
    for (const seq of this.early) if (seq <= this.complete) this.early.delete(seq);
  }
}
