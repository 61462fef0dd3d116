import { DOCS_PATH } from '@elite-chat/contracts';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

import { PROTOCOL_PATH } from './protocol-page';

const DESCRIPTION = `
The support chat of EliteRetoucher. Sign in with \`POST /api/auth/login\`, then put the token into **Authorize**.

A running conversation is by Socket.IO: [its events, acknowledgements and recovery](${PROTOCOL_PATH}).

Every error has the same shape, with a \`code\` for programs, a \`message\` for people, and a \`requestId\` that
finds it in the server's log.
`;

/** Describes the REST calls, and lets people try them in the page. */
export function setUpSwagger(app: NestFastifyApplication): void {
  const config = new DocumentBuilder()
    .setTitle('EliteChat')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth()
    .build();
  SwaggerModule.setup(DOCS_PATH, app, () => SwaggerModule.createDocument(app, config), {
    customSiteTitle: 'EliteChat API',
    raw: ['json'],
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}
