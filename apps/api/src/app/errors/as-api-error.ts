import { mongo } from 'mongoose';

import { ApiError } from './api-error';

const RETRY_AFTER_SECONDS = 2;

/**
 * What a caller is told of any error: an {@link ApiError} as it is, a database that did not answer as
 * `unavailable`, everything else as `internal_error` without a word of what it was.
 */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (isDatabaseOutage(error)) {
    return new ApiError('unavailable', 'The database does not answer; try again shortly.', {
      retryAfter: RETRY_AFTER_SECONDS,
      cause: error,
    });
  }
  return new ApiError('internal_error', 'Something went wrong on the server.', { cause: error });
}

/** What a server says while another becomes the primary, or while it stops: the next try finds a primary. */
const FAILOVER_CODES: ReadonlySet<unknown> = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436]);
const FAILOVER_LABELS = ['RetryableWriteError', 'TransientTransactionError'];

/** Errors of the driver that it doesn't export as classes of their own. */
const OUTAGE_NAMES: ReadonlySet<string> = new Set([
  'MongoClientClosedError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongooseServerSelectionError',
  'MongoWaitQueueTimeoutError',
]);

function isDatabaseOutage(error: unknown): boolean {
  return isUnanswered(error) || isFailover(error);
}

function isFailover(error: unknown): boolean {
  if (!(error instanceof mongo.MongoError)) return false;
  return FAILOVER_CODES.has(error.code) || FAILOVER_LABELS.some((label) => error.hasErrorLabel(label));
}

function isUnanswered(error: unknown): boolean {
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongo.MongoOperationTimeoutError ||
    error instanceof mongo.MongoWriteConcernError ||
    (error instanceof Error && OUTAGE_NAMES.has(error.name))
  );
}
