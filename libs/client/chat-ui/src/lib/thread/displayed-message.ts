import type { MessageDto } from '@elite-chat/contracts';
import { type Failure } from '@elite-chat/i18n';

/** Why a message was refused. */
export interface Refusal extends Failure {
  /** What was written meanwhile, ascending; of a reply that was overtaken (`stale_reply`) */
  readonly messages?: readonly MessageDto[];
}

/**
 * A row of a thread as it is shown: a message of the server, or one of the reader's own that is still
 * on its way or was refused.
 */
export interface DisplayedMessage {
  /** Identity: stays the same when a local copy becomes a stored message */
  readonly key: string;
  /** How far it has come: on its way, stored, refused */
  readonly status: 'sending' | 'sent' | 'failed';
  /** What it holds; without a number (`seq`) until the server has given one */
  readonly message: Pick<
    MessageDto,
    'sender' | 'senderName' | 'senderRole' | 'message' | 'clientMessageId' | 'createdAt' | 'system'
  > & { readonly seq?: number };
  /** Why it was refused; with `failed` */
  readonly error?: Refusal;
}
