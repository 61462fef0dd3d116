import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

import { apiPaths, type ErrorBody, PAYLOAD_BYTES_MAX } from '@elite-chat/contracts';
import { getConnectionToken } from '@nestjs/mongoose';
import { type Connection } from 'mongoose';

import { createTestApp, type TestApp } from '../../test/test-app';

const API = 'https://api.retouch.example';
const ALLOWED = 'https://retouch.example';
const SCRIPT = 'console.log("the built client");\n';
/** Not the same text, so that a file which was compressed on the way is told from one that the build made. */
const COMPRESSED_SCRIPT = `${SCRIPT}// compressed by the build\n`;

let clientDirectory: string;
let test: TestApp;

beforeAll(async () => {
  clientDirectory = mkdtempSync(join(tmpdir(), 'elite-chat-client-'));
  mkdirSync(join(clientDirectory, 'media'));
  writeFileSync(join(clientDirectory, 'index.html'), '<chat-root ngCspNonce="__CSP_NONCE__"></chat-root>');
  writeFileSync(join(clientDirectory, 'main-ABCD1234.js'), SCRIPT);
  writeFileSync(join(clientDirectory, 'main-ABCD1234.js.br'), brotliCompressSync(COMPRESSED_SCRIPT));
  writeFileSync(join(clientDirectory, 'favicon.svg'), '<svg/>');
  writeFileSync(join(clientDirectory, 'media', 'inter.woff2'), 'font');
  test = await createTestApp({ clientDirectory, variables: { FRONTEND_URL: ALLOWED, VITE_API_URL: API } });
});

afterAll(async () => {
  await test.close();
  rmSync(clientDirectory, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(test.url + path, { headers });
const login = (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) => fetch(`${test.url}/api/${apiPaths.login}`, { method: 'POST', body, headers });

const errorOf = async (response: Response): Promise<ErrorBody> => JSON.parse(await response.text());

describe('an error', () => {
  const answers: [string, () => Promise<Response>, number, string, string | undefined][] = [
    ['an unknown call', () => get('/api/nothing'), 404, 'not_found', undefined],
    [
      'an unknown method',
      () => fetch(`${test.url}/api/${apiPaths.me}`, { method: 'DELETE' }),
      404,
      'not_found',
      undefined,
    ],
    ['an address that can not be read', () => get('/%zz'), 400, 'validation_failed', 'request'],
    ['a missing token', () => get(`/api/${apiPaths.me}`), 401, 'unauthorized', undefined],
    [
      'a body that is not UTF-8',
      () => login(Uint8Array.from([...Buffer.from('{"email":"'), 0xc3, 0x28, ...Buffer.from('"}')])),
      400,
      'validation_failed',
      'body',
    ],
    ['broken JSON', () => login('{"email":'), 400, 'validation_failed', 'body'],
    [
      'a body of another kind',
      () => login('<x/>', { 'content-type': 'text/xml' }),
      400,
      'validation_failed',
      'content-type',
    ],
    [
      'a form',
      () => login('email=a', { 'content-type': 'application/x-www-form-urlencoded' }),
      400,
      'validation_failed',
      'content-type',
    ],
    [
      'plain text',
      () => login('{}', { 'content-type': 'text/plain' }),
      400,
      'validation_failed',
      'content-type',
    ],
    ['no body', () => login(''), 400, 'validation_failed', 'email'],
    ['a field of JavaScript', () => login('{"__proto__":{"a":1}}'), 400, 'validation_failed', '__proto__'],
    [
      'a body over the limit',
      () => login(JSON.stringify({ email: 'x'.repeat(PAYLOAD_BYTES_MAX) })),
      413,
      'payload_too_large',
      undefined,
    ],
  ];

  it.each(answers)('for %s has the one shape', async (_what, call, status, code, field) => {
    const response = await call();
    const { message, details, ...body } = await errorOf(response);
    expect([response.status, body]).toEqual([
      status,
      { code, requestId: response.headers.get('x-request-id') },
    ]);
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(details?.[0]?.field).toBe(field);
  });

  it('for what is no HTTP has the one shape too', async () => {
    const socket = connect(Number(new URL(test.url).port), '127.0.0.1').setEncoding('utf8');
    socket.write('this is no request\r\n\r\n');
    let answer = '';
    for await (const text of socket) answer += text;
    const [head, body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(body)).toMatchObject({ code: 'validation_failed', details: [{ field: 'request' }] });
  });

  it('names the limit of a body', async () => {
    const response = await login(' '.repeat(PAYLOAD_BYTES_MAX + 1));
    expect((await errorOf(response)).message).toContain(String(PAYLOAD_BYTES_MAX));
  });

  it('tells a client which way to sign in', async () => {
    expect((await get(`/api/${apiPaths.me}`)).headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('a request id', () => {
  it('that is well formed is kept', async () => {
    const { headers } = await get(`/api/${apiPaths.healthLive}`, { 'x-request-id': 'a-request-of-mine' });
    expect(headers.get('x-request-id')).toBe('a-request-of-mine');
  });

  it.each(['short', 'with space in it', '{"a":"json"}', 'x'.repeat(65)])(
    'like %j is replaced',
    async (id) => {
      const given = (await get(`/api/${apiPaths.healthLive}`, { 'x-request-id': id })).headers.get(
        'x-request-id',
      );
      expect(given).toMatch(/^[\da-f-]{36}$/);
    },
  );
});

describe('the page', () => {
  it.each(['/', '/sign-in', '/admin/messages', '/sign-in?next=/a.b'])(
    'is at %s, each time with a new nonce',
    async (path) => {
      const [first, second] = [await get(path), await get(path)];
      const [page, other] = [await first.text(), await second.text()];
      const nonce = /ngCspNonce="([\da-f]{32})"/.exec(page)?.[1];
      expect(nonce).toBeDefined();
      expect(other).not.toContain(nonce);
      expect(first.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(first.headers.get('cache-control')).toBe('no-store');
    },
  );

  it.each([
    '/api',
    '/api/nothing',
    '/docs/nothing',
    '/socket.io',
    '/socket.io/x',
    '/nothing.js',
    '/index.html',
    '/.env',
    '/a/..%2fb.html',
  ])('is not at %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).not.toContain('chat-root');
  });

  it('may talk to the API that it was built for', async () => {
    expect((await get('/')).headers.get('content-security-policy')).toContain(
      `connect-src 'self' ${API} wss://api.retouch.example;`,
    );
  });

  it('has files that a browser keeps, as the build compressed them', async () => {
    const response = await get('/main-ABCD1234.js', { 'accept-encoding': 'br' });
    expect(await response.text()).toBe(COMPRESSED_SCRIPT);
    expect(await (await get('/main-ABCD1234.js', { 'accept-encoding': 'identity' })).text()).toBe(SCRIPT);
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(response.headers.get('content-type')).toMatch(/javascript/);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect((await get('/media/inter.woff2')).headers.get('cache-control')).toContain('immutable');
    expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  });
});

describe('the content security policy', () => {
  it.each(['/', '/docs', '/docs/swagger-ui-bundle.js', `/api/${apiPaths.healthLive}`, '/api/nothing'])(
    'of %s allows no inline script and no frame',
    async (path) => {
      const policy = (await get(path)).headers.get('content-security-policy') ?? '';
      const scripts =
        /(?:^|;)script-src ([^;]*)/.exec(policy)?.[1] ?? /default-src ([^;]*)/.exec(policy)?.[1];
      expect(scripts).toMatch(/^'(self|none)'/);
      expect(scripts).not.toMatch(/unsafe|\*|http/);
      expect(policy).toContain("frame-ancestors 'none'");
    },
  );

  it('holds for the documentation, which has no inline script', async () => {
    const page = await (await get('/docs')).text();
    expect(page).toContain('swagger-ui');
    expect(page.match(/<script(?![^>]*\ssrc=)/g)).toBeNull();
    expect(page.match(/<[^>]+\son\w+=/g)).toBeNull();
    const policy = (await get('/docs')).headers.get('content-security-policy');
    for (const needed of ["script-src 'self';", "style-src 'self' 'unsafe-inline'", "connect-src 'self'"]) {
      expect(policy).toContain(needed);
    }
  });
});

describe('another origin', () => {
  const preflight = (origin: string) =>
    fetch(`${test.url}/api/${apiPaths.login}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

  it('that is listed may call', async () => {
    const { headers } = await preflight(ALLOWED);
    expect(headers.get('access-control-allow-origin')).toBe(ALLOWED);
    expect(headers.get('access-control-allow-headers')).toContain('content-type');
    expect(
      (await get(`/api/${apiPaths.healthLive}`, { origin: ALLOWED })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBe(ALLOWED);
  });

  it.each([
    'https://evil.example',
    'http://retouch.example',
    `${ALLOWED}:444`,
    `${ALLOWED}.evil.example`,
    'null',
  ])('like %s may not', async (origin) => {
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('health', () => {
  it('is told to everybody', async () => {
    expect(await (await get(`/api/${apiPaths.healthLive}`)).json()).toEqual({ status: 'ok' });
    expect(await (await get(`/api/${apiPaths.healthReady}`)).json()).toEqual({
      status: 'ok',
      database: 'ok',
    });
  });

  it('is bad, though alive, when the database does not answer', async () => {
    const connection = test.app.get<Connection>(getConnectionToken());
    const command = jest.spyOn(connection.getClient(), 'db').mockReturnValue({
      command: () => Promise.reject(new Error('down')),
    } as never);
    const ready = await get(`/api/${apiPaths.healthReady}`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'unavailable', database: 'unavailable' },
    ]);
    expect((await get(`/api/${apiPaths.healthLive}`)).status).toBe(200);
    command.mockRestore();
  });
});
