import { type IncomingHttpHeaders } from 'node:http';

const BEARER = /^bearer +(\S+)$/i;

/** The token of a request's `Authorization: Bearer …`; undefined where there is none. */
export function bearerToken({ authorization }: IncomingHttpHeaders): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}
