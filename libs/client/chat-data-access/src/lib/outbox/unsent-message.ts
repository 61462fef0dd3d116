import type { FailedMessage, SendingMessage } from '../thread/thread-message';

/** A message of ours that the server has not confirmed. */
export type UnsentMessage = SendingMessage | FailedMessage;
