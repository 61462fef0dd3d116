import { isUtf8 } from 'node:buffer';
import { constants } from 'node:zlib';

import compress from '@fastify/compress';
import { type FastifyInstance } from 'fastify';

import { type AppDoors } from '../app-doors.service';
import { sendError } from '../errors/send-error';
import { invalidInput } from '../validation/validate-input';

/** Shorter answers don't get smaller. */
const COMPRESS_BYTES_MIN = 1_024;

/** What every request and answer has, whichever route it is for. */
export async function registerHttpBasics(fastify: FastifyInstance, doors: AppDoors): Promise<void> {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const refusal = doors.refusal();
    if (!refusal) done();
    else void sendError(reply.header('connection', 'close'), refusal);
  });
  acceptJsonOnly(fastify);
  await fastify.register(compress, {
    threshold: COMPRESS_BYTES_MIN,
    encodings: ['br', 'gzip'],
    // The default, the highest, takes longer than it saves; files are compressed at the build.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    globalDecompression: false,
  });
}

/**
 * Bodies are JSON in UTF-8 or nothing. Names like `__proto__` are kept as the plain fields that they are in JSON,
 * so that the validation of input, which copies known fields only, can name them in its refusal.
 */
function acceptJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('ignore', 'ignore');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    // Reading it all the same would store other characters than were sent.
    else if (!isUtf8(body))
      done(invalidInput([{ field: 'body', message: 'body must be valid UTF-8' }]), undefined);
    else parse(request, body.toString(), done);
  });
}
