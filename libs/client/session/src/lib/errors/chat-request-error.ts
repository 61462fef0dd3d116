import type { ErrorBody, ErrorCode, ErrorDetail, MessageDto } from '@elite-chat/contracts';

/** Why a request failed: the server's code, `network` when it was not reached, `timeout` when it did not answer. */
export type ChatRequestErrorCode = ErrorCode | 'network' | 'timeout';

/** A request that failed, over REST and over the socket alike. */
export class ChatRequestError extends Error {
  override readonly name = 'ChatRequestError';

  constructor(
    /** What went wrong, for programs to decide by. */
    readonly code: ChatRequestErrorCode,
    /** One sentence in English, for developers; what people read is worded by the user interface. */
    message: string,
    /** One entry for each field that is wrong, or for what the error names; empty when there is none. */
    readonly details: readonly ErrorDetail[] = [],
    /** Seconds to wait before another try, where the server said so. */
    readonly retryAfter?: number,
    /** The request's id, which finds it in the server's log (REST only). */
    readonly requestId?: string,
    /** What was written meanwhile, ascending; empty unless a reply was overtaken (`stale_reply`). */
    readonly messages: readonly MessageDto[] = [],
  ) {
    super(message);
  }

  /** The error that the server described. */
  static fromBody(body: ErrorBody): ChatRequestError {
    const { code, message, details, retryAfter, requestId, messages } = body;
    return new ChatRequestError(code, message, details, retryAfter, requestId, messages);
  }

  /** The server was not reached. */
  static network(): ChatRequestError {
    return new ChatRequestError('network', 'The server was not reached.');
  }

  /** The server was reached but did not answer in time: whether it did what was asked is unknown. */
  static timeout(): ChatRequestError {
    return new ChatRequestError('timeout', 'The server did not answer in time.');
  }

  /** Any fault as a request error, so that callers have one shape to handle. */
  static from(fault: unknown): ChatRequestError {
    if (fault instanceof ChatRequestError) return fault;
    return new ChatRequestError('internal_error', fault instanceof Error ? fault.message : String(fault));
  }
}
