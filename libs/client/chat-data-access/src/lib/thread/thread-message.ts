import type { MessageDto } from '@elite-chat/contracts';
import type { ChatRequestError } from '@elite-chat/session';

/** A message of our own that the server has not confirmed; `createdAt` is this machine's clock. */
export interface LocalMessage extends Omit<MessageDto, 'id' | 'seq' | 'updatedAt'> {
  /** An admin's: up to which entry the thread was shown when it was written. Absent: it is sent whatever was answered. */
  readonly basedOnSeq?: number;
}

/** A message that is stored on the server. */
export interface SentMessage {
  readonly status: 'sent';
  /** Identity for `@for … track`: stays the same when a local copy becomes a stored message. */
  readonly key: string;
  readonly message: MessageDto;
}

/** A message of our own on its way; also while it waits for a connection. */
export interface SendingMessage {
  readonly status: 'sending';
  /** See {@link SentMessage.key}. */
  readonly key: string;
  readonly message: LocalMessage;
}

/** A message of our own that was refused or given up: to be retried or discarded. */
export interface FailedMessage {
  readonly status: 'failed';
  /** See {@link SentMessage.key}. */
  readonly key: string;
  readonly message: LocalMessage;
  /** Why it was not stored. */
  readonly error: ChatRequestError;
}

/** One row of a thread. `message` has what is shown in each of the three states. */
export type ThreadMessage = SentMessage | SendingMessage | FailedMessage;

/** The row of a message as the server sends it: ack, broadcast, history and catch-up alike. */
export function sentMessage(message: MessageDto): SentMessage {
  return { status: 'sent', key: threadMessageKey(message), message };
}

/** Client-made ids are unique per sender only, so the sender belongs to the identity. */
export function threadMessageKey(message: Pick<MessageDto, 'sender' | 'clientMessageId'>): string {
  return `${message.sender ?? 'system'}:${message.clientMessageId.toLowerCase()}`;
}
