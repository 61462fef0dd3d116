import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

import { API_PREFIX, DOCS_PATH, SOCKET_PATH } from '@elite-chat/contracts';
import fastifyStatic from '@fastify/static';
import { Logger } from '@nestjs/common';
import { type FastifyInstance } from 'fastify';

import { ApiError } from '../errors/api-error';
import { CLIENT_DIRECTORY } from './built-files';
import { pagePolicy } from './content-policies';
import { type Environment } from './environment';

/** What stands in the built page where each answer gets its nonce. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const PAGE_FILE = 'index.html';

/** The build puts a hash of the content into these names: such a file never changes. */
const HASHED_FILE = /^media\/|-[\w-]{8}\.(?:css|js)(?:\.br)?$/;

const YEAR_CACHE = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

const NOT_PAGES = [`/${API_PREFIX}`, `/${DOCS_PATH}`, `/${DOCS_PATH}-json`, SOCKET_PATH];

/** Serves the built client: its files as they are, its page at every other address, for the client to route. */
export async function registerStaticClient(
  fastify: FastifyInstance,
  { clientApiOrigin }: Environment,
  directory = CLIENT_DIRECTORY,
): Promise<void> {
  const pageFile = join(directory, PAGE_FILE);
  if (!existsSync(pageFile)) {
    new Logger('StaticClient').warn('The client is not built, only the API is served: run "npm run build".');
    return;
  }
  await fastify.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    index: false,
    preCompressed: true,
    decorateReply: false,
    cacheControl: false,
    globIgnore: [`${PAGE_FILE}*`, '**/*.br'],
    setHeaders: (response, path) => {
      response.header('cache-control', HASHED_FILE.test(relative(directory, path)) ? YEAR_CACHE : ASK_AGAIN);
    },
  });
  const page = readFileSync(pageFile, 'utf8');
  const policy = {
    contentSecurityPolicy: { useDefaults: false, directives: pagePolicy(clientApiOrigin) },
    enableCSPNonces: true,
  };
  fastify.get('/*', { helmet: policy }, (request, reply) => {
    if (!isPage(request.url)) throw new ApiError('not_found', 'There is nothing at this address.');
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page.replaceAll(NONCE_PLACEHOLDER, reply.cspNonce.style));
  });
}

/** Whether the client's router may know the address: it has no files and none of the server's own paths. */
function isPage(url: string): boolean {
  const path = url.split('?', 1)[0] ?? url;
  if (NOT_PAGES.some((other) => path === other || path.startsWith(`${other}/`))) return false;
  return !basename(path).includes('.');
}
