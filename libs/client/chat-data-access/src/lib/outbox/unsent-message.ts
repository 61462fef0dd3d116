import type { ErrorBody } from '@elite-chat/contracts';

import type { FailedMessage, LocalMessage, SendingMessage } from '../thread/thread-message';

/** A message of ours that the server has not confirmed. */
export type UnsentMessage = SendingMessage | FailedMessage;

/** An unsent message as it is kept in the browser. */
export interface KeptMessage {
  message: LocalMessage;
  /** Why it was refused; null while it is to be sent. */
  failure: ErrorBody | null;
}
