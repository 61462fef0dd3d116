import { type ErrorBody } from '@elite-chat/contracts';
import { type FastifyReply } from 'fastify';

import { type ApiError } from './api-error';

/** Answers an error in the one shape that all errors have. */
export function sendError(reply: FastifyReply, error: ApiError): FastifyReply {
  const body: ErrorBody = { ...error.toBody(), requestId: reply.request.id };
  reply.header('x-request-id', reply.request.id);
  if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
  if (error.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.status(error.status).type('application/json').send(body);
}
