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

function isDatabaseOutage(error: unknown): boolean {
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongo.MongoOperationTimeoutError ||
    error instanceof mongo.MongoWriteConcernError ||
    (error instanceof Error && error.name === 'MongooseServerSelectionError')
  );
}
