import { API_PREFIX } from '@elite-chat/contracts';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';

import { AppDoors } from './app-doors.service';
import { Environment } from './config/environment';
import { registerHttpBasics } from './config/http-basics';
import { registerProtocolPage } from './config/protocol-page';
import { registerSecurityHeaders } from './config/security-headers';
import { SocketIoAdapter } from './config/socket-io.adapter';
import { registerStaticClient } from './config/static-client';
import { setUpSwagger } from './config/swagger';
import { ErrorFilter } from './errors/error.filter';
import { registerPageThrottler } from './throttling/page-throttler';
import { measureRequests } from './metrics/measure-requests';
import { Metrics } from './metrics/metrics';
import { RateLimiters } from './throttling/rate-limiters';
import { InputPipe } from './validation/input.pipe';

/** Where files are that the application serves, if not where the build puts them. */
export interface AppPlaces {
  clientDirectory?: string | undefined;
}

/** Everything that holds for all requests. */
export async function configureApp(app: NestFastifyApplication, places: AppPlaces): Promise<void> {
  const environment = app.get(Environment);
  const fastify = app.getHttpAdapter().getInstance();
  app.useLogger(app.get(Logger));
  app.setGlobalPrefix(API_PREFIX);
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new ErrorFilter());
  app.useWebSocketAdapter(new SocketIoAdapter(app));
  await registerHttpBasics(fastify, app.get(AppDoors));
  measureRequests(fastify, app.get(Metrics));
  await registerSecurityHeaders(app, environment);
  registerPageThrottler(fastify, environment, app.get(RateLimiters));
  setUpSwagger(app);
  registerProtocolPage(fastify);
  await registerStaticClient(fastify, environment, places.clientDirectory);
}
