import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** How long a quarter of an hour's messages are kept, in seconds: longer than any overview looks back. */
export const KEPT_SECONDS = 3 * 86_400;

/** Id of the counter document of the inbox. */
export const INBOX_COUNTER = 'inbox';

/** Id of the counter document of one admin's open chats, or of the unassigned ones; see {@link Chat.openAssignee}. */
export function openCounterId(openAssignee: string): string {
  return `open:${openAssignee}`;
}

/**
 * What is counted ahead, because counting at request time reads the whole collection. `inbox` holds how
 * many chats are open, unread and waiting; `open:<admin>` how many open ones are an admin's, and
 * `open:unassigned` how many are nobody's; `messages:<start of a quarter of an hour, UTC>` how many
 * messages of people came then. Changed only together with the chats' {@link Chat.counted}.
 */
@Schema({ collection: 'counters', versionKey: false })
export class Counter {
  @Prop({ type: String, required: true })
  _id!: string;

  /** Chats that are open: all with `inbox`, those of one assignee with `open:…`. */
  @Prop({ type: Number })
  open?: number;

  /** With `inbox`: chats that the admins have not read to the end. */
  @Prop({ type: Number })
  unread?: number;

  /** With `inbox`: chats that wait for an answer. */
  @Prop({ type: Number })
  waiting?: number;

  /** With a quarter of an hour: its messages. */
  @Prop({ type: Number })
  n?: number;

  /** With a quarter of an hour: its start. */
  @Prop({ type: Date })
  at?: Date;
}

/** Mongoose schema of {@link Counter}. */
export const CounterSchema = SchemaFactory.createForClass(Counter);

// "Quarters of an hour that nobody asks for any more": the database takes them away by itself.
CounterSchema.index({ at: 1 }, { name: 'counters_of_the_past', expireAfterSeconds: KEPT_SECONDS });
