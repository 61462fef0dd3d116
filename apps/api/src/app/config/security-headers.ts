import { DOCS_PATH } from '@elite-chat/contracts';
import helmet from '@fastify/helmet';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';

import { DATA_POLICY, DOCS_POLICY } from './content-policies';
import { type Environment } from './environment';

/** How long a browser may go on without asking again whether an origin is allowed, in seconds. */
const PREFLIGHT_MAX_AGE = 600;

/** Who may read answers in a browser, and what a browser may do with them. */
export async function registerSecurityHeaders(
  app: NestFastifyApplication,
  { frontendOrigins }: Environment,
): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  app.enableCors({
    origin: [...frontendOrigins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'x-request-id'],
    exposedHeaders: ['retry-after', 'x-request-id'],
    maxAge: PREFLIGHT_MAX_AGE,
  });
  // Before helmet's own hook, which reads what stands here. Swagger makes its routes itself.
  fastify.addHook('onRoute', (route) => {
    if (isDocs(route.url)) {
      route.helmet = { contentSecurityPolicy: { useDefaults: false, directives: DOCS_POLICY } };
    }
  });
  await fastify.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: DATA_POLICY },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

function isDocs(url: string): boolean {
  return url === `/${DOCS_PATH}` || url.startsWith(`/${DOCS_PATH}/`);
}
