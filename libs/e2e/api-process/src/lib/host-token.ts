import { createHmac } from 'node:crypto';

import { JWT_SECRET } from './api-process';

/** What a host application's token says. */
export type Claims = Record<string, unknown>;

const HASHES: Record<string, string> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

/** Seconds since 1970, so many from now. */
export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** Signs a token as a host application does; written out here so that it can also be signed wrongly. */
export function signToken(
  claims: Claims,
  { algorithm = 'HS256', secret = JWT_SECRET }: { algorithm?: string; secret?: string } = {},
): string {
  const head = encode({ alg: algorithm, typ: 'JWT' });
  const body = encode({ exp: inSeconds(3600), iat: inSeconds(0), ...claims });
  const hash = HASHES[algorithm];
  const signature = hash ? createHmac(hash, secret).update(`${head}.${body}`).digest('base64url') : '';
  return `${head}.${body}.${signature}`;
}

/** The claims of a token, unverified. */
export function readClaims(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
