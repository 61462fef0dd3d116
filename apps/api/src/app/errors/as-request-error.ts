import { PAYLOAD_BYTES_MAX } from '@elite-chat/contracts';
import { HttpException, HttpStatus } from '@nestjs/common';

import { invalidInput } from '../validation/validate-input';
import { ApiError } from './api-error';
import { asApiError } from './as-api-error';

/** What Fastify and what it is made of call their errors; {@link asRequestError} has the words for each. */
const INVALID_JSON = 'FST_ERR_CTP_INVALID_JSON_BODY';
const INVALID_CONTENT_LENGTH = 'FST_ERR_CTP_INVALID_CONTENT_LENGTH';

/** What a caller over HTTP is told of any error, those of Nest and Fastify included. */
export function asRequestError(error: unknown): ApiError {
  const status = clientErrorStatus(error);
  switch (status) {
    case null:
      return asApiError(error);
    case HttpStatus.UNAUTHORIZED:
      return new ApiError('unauthorized', 'A bearer token is needed: sign in first.', { cause: error });
    case HttpStatus.FORBIDDEN:
      return new ApiError('forbidden', 'This is not allowed.', { cause: error });
    case HttpStatus.NOT_FOUND:
    case HttpStatus.METHOD_NOT_ALLOWED:
      return new ApiError('not_found', 'There is nothing at this address.', { cause: error });
    case HttpStatus.PAYLOAD_TOO_LARGE:
      return new ApiError('payload_too_large', `The body may have at most ${PAYLOAD_BYTES_MAX} bytes.`);
    case HttpStatus.UNSUPPORTED_MEDIA_TYPE:
      return invalidInput([{ field: 'content-type', message: 'content-type must be application/json' }]);
    case HttpStatus.TOO_MANY_REQUESTS:
      return new ApiError('rate_limited', 'Too many requests; try again shortly.', { retryAfter: 1 });
    default:
      return invalidInput([badRequest(error)]);
  }
}

function badRequest(error: unknown) {
  switch (codeOf(error instanceof HttpException ? error.cause : error)) {
    case INVALID_JSON:
      return { field: 'body', message: 'body must be valid JSON' };
    case INVALID_CONTENT_LENGTH:
      return { field: 'content-length', message: 'content-length must be the length of the body' };
    default:
      return { field: 'request', message: 'request is malformed' };
  }
}

/** The status of an error that is the caller's, null for all others. */
function clientErrorStatus(error: unknown): number | null {
  if (error instanceof ApiError) return null;
  if (error instanceof HttpException) return asClientError(error.getStatus());
  const isHttpError = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
  return isHttpError ? asClientError(Number(error.statusCode)) : null;
}

function asClientError(status: number): number | null {
  return status >= 400 && status < 500 ? status : null;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
