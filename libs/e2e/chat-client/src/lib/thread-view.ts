import { type MessageChangeDto, type MessageDto, type MessagePageDto } from '@elite-chat/contracts';

/**
 * What a client shows of one thread, kept by the rules of the protocol: complete up to a number, what
 * came early waits, what it has already is dropped.
 */
export class ThreadView {
  /** The messages that it has, by number. */
  readonly messages = new Map<number, MessageDto>();
  /** The entry up to which nothing is missing. */
  completeSeq = 0;
  /** Numbers under which two different messages came: must stay empty. */
  readonly conflicts: string[] = [];
  /** How often an entry came that it had already. */
  repeated = 0;
  /** Numbers of changes that came early. */
  private readonly changes = new Set<number>();
  private epoch: string | null = null;

  /** Takes a message as it is heard or answered. Says whether entries before it are missing. */
  receive(message: MessageDto): boolean {
    this.take(message);
    this.advance(this.completeSeq);
    return message.seq > this.completeSeq;
  }

  /** Takes a changed message as it is heard. Says whether entries before the change are missing. */
  receiveChange({ seq, message }: MessageChangeDto): boolean {
    this.take(message);
    this.changes.add(seq);
    this.advance(this.completeSeq);
    return seq > this.completeSeq;
  }

  /** Takes a page that was asked for after {@link completeSeq}. */
  receivePage(page: MessagePageDto): void {
    this.follow(page.epoch);
    for (const message of page.messages) this.take(message);
    this.advance(page.seq);
  }

  /** Forgets everything when the database is another one than before. */
  follow(epoch: string): void {
    if (this.epoch !== null && this.epoch !== epoch) {
      this.messages.clear();
      this.changes.clear();
      this.completeSeq = 0;
    }
    this.epoch = epoch;
  }

  private take(message: MessageDto): void {
    const known = this.messages.get(message.seq);
    if (known) this.repeated++;
    if (known && known.id !== message.id) {
      this.conflicts.push(`${message.chat} ${message.seq}: ${known.message} / ${message.message}`);
    }
    if (!known || message.updatedAt > known.updatedAt) this.messages.set(message.seq, message);
  }

  private advance(upTo: number): void {
    this.completeSeq = Math.max(this.completeSeq, upTo);
    while (this.changes.delete(this.completeSeq + 1) || this.messages.has(this.completeSeq + 1))
      this.completeSeq++;
  }
}
