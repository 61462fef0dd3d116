import type { MessageDto } from '../messages/message.dto';
import type { ErrorCode } from './error-code';

/** What is wrong with one field of the input. */
export class ErrorDetail {
  /**
   * The field's name; dots for nesting, `body` for the input as a whole
   * @example message
   */
  field!: string;

  /**
   * What is wrong, with the limit
   * @example "message must be at most 5000 characters"
   */
  message!: string;
}

/** The one shape of every error: REST body, ack error, and `data` of a refused connection. */
export class ErrorBody {
  /**
   * The machine-readable code
   * @example validation_failed
   */
  code!: ErrorCode;

  /**
   * One sentence for a developer, in English
   * @example "The input is not valid."
   */
  message!: string;

  /** One entry for each field that is wrong, or for what the error names */
  details?: ErrorDetail[];

  /**
   * With `stale_reply`: the messages after `basedOnSeq` up to the newest, ascending by `seq`; of more than 20
   * the newest 20
   */
  messages?: MessageDto[];

  /** Seconds to wait before another try; with `rate_limited`, `busy` and `unavailable` */
  retryAfter?: number;

  /** The request's id, as in the header `x-request-id` and in the server's log (REST only) */
  requestId?: string;
}
