import {
  ERROR_STATUS,
  type ErrorBody,
  type ErrorCode,
  type ErrorDetail,
  type MessageDto,
} from '@elite-chat/contracts';

/** What an {@link ApiError} may carry beside its code and message. */
export interface ApiErrorExtras {
  details?: ErrorDetail[];
  /** What was written meanwhile; with `stale_reply`, and so for admins only. */
  messages?: MessageDto[];
  /** Seconds to wait before another try. */
  retryAfter?: number;
  /** What led to it: for the log, never for the caller. */
  cause?: unknown;
}

/** A refusal with a code of the contract; REST and socket answer it in the same shape. */
export class ApiError extends Error {
  readonly details: ErrorDetail[] | undefined;
  readonly messages: MessageDto[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    extras: ApiErrorExtras = {},
  ) {
    super(message, { cause: extras.cause });
    this.name = 'ApiError';
    this.details = extras.details;
    this.messages = extras.messages;
    this.retryAfter = extras.retryAfter;
  }

  /** HTTP status of the code. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }

  /** The shape in which it is answered. */
  toBody(): ErrorBody {
    return {
      code: this.code,
      message: this.message,
      ...(this.details && { details: this.details }),
      ...(this.messages && { messages: this.messages }),
      ...(this.retryAfter !== undefined && { retryAfter: this.retryAfter }),
    };
  }
}
