import { type ErrorBody, type MessageDto } from '@elite-chat/contracts';

/** One message that a client wants to have stored, and what it was told of it. */
export interface Attempt {
  chatId: string;
  /** The sender's user id. */
  sender: string;
  /** Which of the sender's devices has written it: only one device's messages have an order. */
  device: string;
  /** Its place among the device's messages to this chat, from 0. */
  order: number;
  clientMessageId: string;
  message: string;
  /** How often it was sent. */
  tries: number;
  /** Every answer that said that it is stored. */
  acks: MessageDto[];
  /** Why it will not be stored; null while it may be. */
  refusal: ErrorBody | null;
}
