import { type ErrorBody, type ErrorCode } from '@elite-chat/contracts';
import { type FastifyReply, type FastifyRequest } from 'fastify';

import { type ApiError } from './api-error';

const refusals = new WeakMap<FastifyRequest, ErrorCode>();

/** With which code a request was refused; undefined: it was not. */
export function refusalOf(request: FastifyRequest): ErrorCode | undefined {
  return refusals.get(request);
}

/** Answers an error in the one shape that all errors have. */
export function sendError(reply: FastifyReply, error: ApiError): FastifyReply {
  refusals.set(reply.request, error.code);
  const body: ErrorBody = { ...error.toBody(), requestId: reply.request.id };
  reply.header('x-request-id', reply.request.id);
  if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
  if (error.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.status(error.status).type('application/json').send(body);
}
