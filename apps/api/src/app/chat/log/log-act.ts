import { type MessageType, type SenderRole } from '@elite-chat/contracts';
import { type Types } from 'mongoose';

import { type Lane, type Message, type StoredSystemEvent } from '../schemas/message.schema';
import { type LogHead } from './log-head';

/** What preconditions are judged by: the chat as it stands at its log's head. */
export interface ChatState {
  chatId: Types.ObjectId;
  customerId: Types.ObjectId;
  isActive: boolean;
  adminId: Types.ObjectId | null;
  head: LogHead;
}

/** An entry before it has a number and a time. */
export interface EntryDraft {
  sender: Types.ObjectId | null;
  senderName: string | null;
  senderRole: SenderRole;
  message: string;
  messageType: MessageType;
  clientMessageId: string;
  system: StoredSystemEvent | null;
  /** The earlier message that this entry changes; absent: it is a message itself. */
  target?: Types.ObjectId;
}

/** What an act changes of the chat itself; always together with a system entry, in one transaction. */
export interface ChatChange {
  /** Null: nobody answers any more. */
  admin?: Types.ObjectId | null;
  isActive?: boolean;
}

/** What an act changes of an earlier message; always together with an entry that has it as its target, in one transaction. */
export interface MessageChange {
  target: Types.ObjectId;
  /** The fields that are other from now on. */
  set: Partial<Pick<Message, 'message'>>;
}

/** The entries that an act comes to, and what they change. No entries: there is nothing to do. */
export interface ActPlan {
  entries: EntryDraft[];
  chatChange?: ChatChange;
  messageChange?: MessageChange;
}

/** Something that wants to be written into a chat's log. */
export interface LogAct {
  chatId: Types.ObjectId;
  lane: Lane;
  /** The idempotency key within the chat: an act is stored once, however often it is tried. */
  sender: Types.ObjectId;
  clientMessageId: string;
  /** The entry that this act would be answered with must equal a stored one of the same key, or the key was reused. */
  isSameAs(stored: Message): boolean;
  /** Whether another act of the same key would write the same. */
  repeats(other: LogAct): boolean;
  /** Judges the preconditions (throws an ApiError) as its turn comes, and again whenever it is renumbered. */
  plan(state: ChatState): ActPlan;
}

/** How an act ended. */
export interface ActOutcome {
  /** Its entries as stored; empty when there was nothing to do. */
  entries: Message[];
  /** False when an earlier try had stored it. */
  isNew: boolean;
}

/** Entries that became durable together; what everything derived from the log follows. */
export interface Commit {
  /** The chat as it stands after them. */
  state: ChatState;
  lane: Lane;
  entries: Message[];
  /** Whether they changed the chat itself (status, assignee). */
  changedChat: boolean;
  /** True of what was found in the log after a doubt: it may have been told before, here or at another node. */
  isRepeated: boolean;
}

/** Whether a message is not any more what its sender sent. */
export function isChanged({ createdAt, updatedAt }: Pick<Message, 'createdAt' | 'updatedAt'>): boolean {
  return updatedAt > createdAt;
}

/** Numbers the drafts and dates them: `createdAt` never runs back within a chat. */
export function numberEntries(
  drafts: readonly EntryDraft[],
  place: { chatId: Types.ObjectId; lane: Lane; head: LogHead },
  newId: () => Types.ObjectId,
): Message[] {
  const written = { ...place.head.written };
  const now = new Date();
  const createdAt = place.head.entryAt && place.head.entryAt > now ? place.head.entryAt : now;
  return drafts.map(({ target = null, ...draft }, index) => {
    if (draft.senderRole !== 'system' && target === null) written[draft.senderRole]++;
    return {
      _id: newId(),
      chat: place.chatId,
      lane: place.lane,
      seq: place.head.seq + 1 + index,
      kind: target === null ? 'message' : 'change',
      target,
      afterSeq: null,
      ...draft,
      written: { ...written },
      isRead: false,
      readAt: null,
      createdAt,
      updatedAt: createdAt,
    };
  });
}
