import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { type FastifyReply } from 'fastify';

import { asRequestError } from './as-request-error';
import { sendError } from './send-error';

/** Turns whatever was thrown during a request into its answer; what is our own fault goes into the log. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const answer = asRequestError(error);
    if (answer.status >= 500) this.logger.error({ err: answer.cause ?? answer }, 'A request failed.');
    if (!reply.sent) void sendError(reply, answer);
  }
}
