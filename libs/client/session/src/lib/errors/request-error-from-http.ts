import { HttpErrorResponse } from '@angular/common/http';
import { ERROR_CODES, ERROR_STATUS, type ErrorCode } from '@elite-chat/contracts';
import { TimeoutError } from 'rxjs';

import { ChatRequestError } from './chat-request-error';
import { readErrorBody } from './read-error-body';

/** The request error of a failed REST call. */
export function requestErrorFromHttp(fault: unknown): ChatRequestError {
  if (fault instanceof TimeoutError) return ChatRequestError.timeout();
  if (!(fault instanceof HttpErrorResponse)) return ChatRequestError.from(fault);
  if (fault.status === 0) return ChatRequestError.network();

  const retryAfter = readRetryAfter(fault);
  const body = readErrorBody(fault.error);
  if (body) return ChatRequestError.fromBody({ ...body, retryAfter: body.retryAfter ?? retryAfter });
  return new ChatRequestError(
    codeOfStatus(fault.status),
    `The server answered ${fault.status}.`,
    [],
    retryAfter,
  );
}

/** A proxy between may answer with a page of its own. */
function codeOfStatus(status: number): ErrorCode {
  const fallback = status >= 500 ? 'unavailable' : 'internal_error';
  return ERROR_CODES.find((code) => ERROR_STATUS[code] === status) ?? fallback;
}

function readRetryAfter(response: HttpErrorResponse): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
