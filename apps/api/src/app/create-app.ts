import { randomUUID } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';

import { PAYLOAD_BYTES_MAX } from '@elite-chat/contracts';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import { type FastifyReply } from 'fastify';

import { AppModule } from './app.module';
import { type Environment } from './config/environment';
import { proxyTrust } from './config/trust-proxy';
import { answerBrokenRequest } from './errors/answer-broken-request';
import { asRequestError } from './errors/as-request-error';
import { sendError } from './errors/send-error';
import { type AppPlaces, configureApp } from './configure-app';

/** How long a request may take to arrive whole, in milliseconds: nobody holds a connection by sending slowly. */
const REQUEST_TIMEOUT_MS = 30_000;

const REQUEST_ID = /^[\w-]{8,64}$/;

/** Puts the application together, ready to listen: the same for the server and for the tests. */
export async function createApp(
  environment: Environment,
  databaseUri: string,
  places: AppPlaces = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(environment, databaseUri),
    new FastifyAdapter({
      bodyLimit: PAYLOAD_BYTES_MAX,
      trustProxy: proxyTrust(environment.trustProxy),
      requestIdHeader: false,
      genReqId: requestId,
      // Addresses that the router can't read get past every hook and filter.
      frameworkErrors: (error: unknown, _request: unknown, reply: FastifyReply) =>
        void sendError(reply, asRequestError(error)),
      forceCloseConnections: 'idle',
      // Who comes while we stop is answered in the one shape of errors.
      return503OnClosing: false,
      requestTimeout: REQUEST_TIMEOUT_MS,
      clientErrorHandler: answerBrokenRequest,
    }),
    // What goes wrong before our own logger stands comes back as an error, and is said in one line. The
    // parser of bodies is ours.
    { logger: false, abortOnError: false, bodyParser: false },
  );
  await configureApp(app, places);
  return app;
}

/** The caller's id when it is well formed, so that a request can be followed through several systems. */
function requestId(request: { headers: IncomingHttpHeaders }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}
