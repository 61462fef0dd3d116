import type { ReadReceiptDto } from '@elite-chat/contracts';

import { coalesce } from '../realtime/coalesce';

/** Tells the server how far our side has read: one call at a time, always the furthest mark. */
export class ReadMarker {
  private wanted = 0;
  private told = 0;
  private epoch: string | null = null;
  private readonly run = coalesce(() => this.tell());

  /** `markRead` asks the server; `receive` takes its answer. */
  constructor(
    private readonly markRead: (seq: number) => Promise<ReadReceiptDto>,
    private readonly receive: (receipt: ReadReceiptDto) => void,
  ) {}

  /** Says to which epoch the numbers belong; those of another mean nothing any more. */
  follow(epoch: string | null): void {
    if (this.epoch !== null && this.epoch !== epoch) this.wanted = this.told = 0;
    this.epoch = epoch;
  }

  /** Read up to an entry. */
  mark(seq: number): void {
    this.wanted = Math.max(this.wanted, seq);
    this.flush();
  }

  /** Tells what could not be told before. */
  flush(): void {
    if (this.wanted > this.told) void this.run();
  }

  private async tell(): Promise<void> {
    const seq = this.wanted;
    if (seq <= this.told) return;
    try {
      const receipt = await this.markRead(seq);
      // Less than was asked for where the mark is not ours to move: another admin answers.
      this.told = receipt.seq;
      this.receive(receipt);
    } catch {
      // Kept for the next connection: nothing that a reader could do about it.
    }
  }
}
