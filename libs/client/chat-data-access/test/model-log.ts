import type { MessageChangeDto, MessageDto, MessagePageDto, ReadReceiptDto } from '@elite-chat/contracts';
import { aChat, aMessage, aReadReceipt, timeOfEntry } from '@elite-chat/testing';

/** What a server answers to somebody who joins. */
type Joined = { readonly chat: ReturnType<typeof aChat> };

/** A page's worth of the model: small, so that a short story has several. */
const PAGE = 4;

/** A chat's log as the database has it: messages, changes of messages, read marks and an epoch. */
export class ModelLog {
  private entries: ({ message: MessageDto } | { target: number })[] = [];
  private epoch = 0;
  private readSeq = { user: 0, admin: 0 };

  /** The number of the last entry. */
  get head(): number {
    return this.entries.length;
  }

  /** All messages as they are now. */
  get messages(): MessageDto[] {
    return this.entries.flatMap((entry) => ('message' in entry ? [this.withReadState(entry.message)] : []));
  }

  /** Stores a message, and answers what is broadcast. */
  write(): MessageDto {
    const message = aMessage({ seq: this.head + 1, message: `Written in epoch ${this.epoch}` });
    this.entries.push({ message });
    return message;
  }

  /** Changes a message; the change is an entry of its own. Answers what is broadcast. */
  change(choice: number): MessageChangeDto | null {
    const { messages } = this;
    const target = messages[choice % messages.length];
    if (!target) return null;
    const seq = this.head + 1;
    const changed = { ...target, message: `Changed by ${seq}`, updatedAt: timeOfEntry(100 + seq) };
    this.entries[target.seq - 1] = { message: changed };
    this.entries.push({ target: target.seq });
    return { seq, message: this.withReadState(changed) };
  }

  /** The admins have read up to an entry. */
  read(choice: number): ReadReceiptDto {
    const seq = Math.max(this.readSeq.admin, this.head === 0 ? 0 : choice % (this.head + 1));
    this.readSeq = { ...this.readSeq, admin: seq };
    return aReadReceipt({ seq, readAt: timeOfEntry(500), lastSeq: this.head });
  }

  /** A backup is restored: fewer entries, and another epoch. */
  restore(choice: number): void {
    this.entries = this.entries.slice(0, choice % (this.head + 1));
    this.entries = this.entries.map((entry, index) =>
      'message' in entry
        ? { message: aMessage({ seq: index + 1, message: `Restored, epoch ${this.epoch + 1}` }) }
        : entry,
    );
    this.readSeq = { user: 0, admin: 0 };
    this.epoch++;
  }

  join(): Joined {
    return { chat: aChat({ lastSeq: this.head, epoch: this.epochName, readSeq: this.readSeq }) };
  }

  /** A page as the server gives it: arithmetic on entries, messages once and as they are now. */
  page({ before, after }: { before?: number; after?: number }): MessagePageDto {
    const all = this.messages;
    const common = { lastSeq: this.head, readSeq: this.readSeq, epoch: this.epochName };
    if (after === undefined) {
      const end = Math.min(before ?? this.head + 1, this.head + 1);
      const messages = all.filter(({ seq }) => seq < end).slice(-PAGE);
      const covered = messages.length < PAGE ? 1 : (messages[0]?.seq ?? 1);
      return { ...common, messages, hasMore: covered > 1, seq: before === undefined ? this.head : covered };
    }
    const upTo = Math.min(after + PAGE, this.head);
    const numbers = new Set(
      this.entries
        .slice(after, upTo)
        .map((entry, index) => ('target' in entry ? entry.target : after + index + 1)),
    );
    const messages = all.filter(({ seq }) => numbers.has(seq));
    const seq = Math.min(Math.max(after, upTo), this.head);
    return { ...common, messages, hasMore: upTo < this.head, seq };
  }

  private get epochName(): string {
    return `epoch ${this.epoch}`;
  }

  private withReadState(message: MessageDto): MessageDto {
    return { ...message, isRead: message.seq <= this.readSeq.admin, readAt: null };
  }
}
