import { apiPaths, DOCS_PATH } from '@elite-chat/contracts';

import { ChatSocket } from './support/chat-socket';
import { useStage } from './support/stage';

const ALLOWED = 'https://retouch.example';
const stage = useStage({ HOST_ADMINS: 'true', FRONTEND_URL: `${ALLOWED},https://two.example:8443` });

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  description?: string;
  example?: unknown;
}
interface Operation {
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema: Schema }> }>;
}
interface OpenApi {
  info: { description?: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, object> };
  security?: Record<string, string[]>[];
}

const CHAT = '{chatId}';
const ADMIN = '{adminId}';
const CALLS: readonly [
  method: string,
  path: string,
  status: string,
  answers: string | null,
  body: string | null,
][] = [
  ['post', apiPaths.register, '201', 'SessionDto', 'RegisterDto'],
  ['post', apiPaths.login, '200', 'SessionDto', 'LoginDto'],
  ['get', apiPaths.me, '200', 'UserDto', null],
  ['post', apiPaths.password, '204', null, 'ChangePasswordDto'],
  ['post', apiPaths.signOutEverywhere, '204', null, null],
  ['get', apiPaths.userChat, '200', 'ChatDto', null],
  ['get', apiPaths.userChats, '200', 'ChatListDto', null],
  ['get', apiPaths.userMessages(CHAT), '200', 'MessagePageDto', null],
  ['post', apiPaths.userMessages(CHAT), '201', 'MessageDto', 'SendMessageDto'],
  ['post', apiPaths.userRead(CHAT), '200', 'ReadReceiptDto', 'MarkReadDto'],
  ['post', apiPaths.userClose(CHAT), '200', 'ChatDto', null],
  ['post', apiPaths.userReopen(CHAT), '200', 'ChatDto', null],
  ['get', apiPaths.adminChats, '200', 'ChatListDto', null],
  ['get', apiPaths.adminOverview, '200', 'OverviewDto', null],
  ['post', apiPaths.adminAssign(CHAT), '200', 'ChatDto', 'AssignChatDto'],
  ['post', apiPaths.adminUnassign(CHAT), '200', 'ChatDto', null],
  ['get', apiPaths.adminMessages(CHAT), '200', 'MessagePageDto', null],
  ['post', apiPaths.adminMessages(CHAT), '201', 'MessageDto', 'SendMessageDto'],
  ['post', apiPaths.adminRead(CHAT), '200', 'ReadReceiptDto', 'MarkReadDto'],
  ['post', apiPaths.adminClose(CHAT), '200', 'ChatDto', null],
  ['post', apiPaths.adminReopen(CHAT), '200', 'ChatDto', null],
  ['get', apiPaths.adminPresence, '200', 'CustomersPresenceDto', null],
  ['get', apiPaths.userSupport, '200', 'SupportPresenceDto', null],
  ['get', apiPaths.adminTeam, '200', 'TeamListDto', null],
  ['post', apiPaths.adminTeam, '201', 'TeamMemberDto', 'NewAdminDto'],
  ['post', apiPaths.adminDisable(ADMIN), '200', 'TeamMemberDto', null],
  ['post', apiPaths.adminEnable(ADMIN), '200', 'TeamMemberDto', null],
  ['post', apiPaths.adminPassword(ADMIN), '204', null, 'ResetPasswordDto'],
  ['get', apiPaths.adminAudit, '200', 'AuditPageDto', null],
  ['get', apiPaths.healthLive, '200', 'HealthDto', null],
  ['get', apiPaths.healthReady, '200', 'HealthDto', null],
];

describe('the description of the API', () => {
  let api: OpenApi;

  beforeAll(async () => {
    api = await (await fetch(`${stage.api.url}/${DOCS_PATH}-json`)).json();
  });

  const schemaName = (schema: Schema | undefined) => schema?.$ref?.split('/').pop() ?? null;

  it.each(CALLS)('has %s %s with its shapes', (method, path, status, answers, body) => {
    const operation = api.paths[`/api/${path}`]?.[method];
    expect(Object.keys(operation?.responses ?? {})).toContain(status);
    expect(schemaName(operation?.responses[status]?.content?.['application/json']?.schema)).toBe(answers);
    expect(schemaName(operation?.requestBody?.content['application/json']?.schema)).toBe(body);
  });

  it('has nothing else', () => {
    const described = Object.entries(api.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(CALLS.map(([method, path]) => `${method} /api/${path}`).sort());
  });

  it('has a meaning for every field of every shape', () => {
    const empty: string[] = [];
    for (const [name, { properties = {} }] of Object.entries(api.components.schemas)) {
      if (Object.keys(properties).length === 0) empty.push(name);
      for (const [field, schema] of Object.entries(properties)) {
        if (!schema.description) empty.push(`${name}.${field}`);
      }
    }
    expect(empty).toEqual([]);
  });

  it('tells the limits', () => {
    const { schemas } = api.components;
    expect(schemas['RegisterDto']?.properties?.['password']).toMatchObject({ minLength: 10, maxLength: 128 });
    expect(schemas['RegisterDto']?.required?.sort()).toEqual(['email', 'name', 'password']);
    expect(schemas['SendMessageDto']?.properties?.['message']?.description).toMatch(/5,000/);
    expect(schemas['SendMessageDto']?.required).toEqual(['message']);
    expect(schemas['SendMessageDto']?.properties?.['basedOnSeq']).toMatchObject({
      minimum: 0,
      maximum: 2_147_483_647,
    });
    const parameters = api.paths[`/api/${apiPaths.userMessages(CHAT)}`]?.['get']?.parameters ?? [];
    expect(parameters.find(({ name }) => name === 'limit')?.schema).toMatchObject({
      minimum: 1,
      maximum: 100,
    });
    expect(parameters.map(({ name }) => name).sort()).toEqual(['after', 'before', 'chatId', 'limit']);
  });

  it('tells admins, and nobody else, of replies that were overtaken', () => {
    const conflict = (path: string) => api.paths[`/api/${path}`]?.['post']?.responses['409'];
    expect(conflict(apiPaths.adminMessages(CHAT))?.description).toContain('`stale_reply`');
    expect(conflict(apiPaths.userMessages(CHAT))?.description).not.toContain('`stale_reply`');
    const { messages } = api.components.schemas['ErrorBody']?.properties ?? {};
    expect([messages?.type, schemaName(messages?.items)]).toEqual(['array', 'MessageDto']);
  });

  it('asks for a bearer token where one is needed, and only there', () => {
    expect(Object.values(api.components.securitySchemes)).toContainEqual(
      expect.objectContaining({ type: 'http', scheme: 'bearer' }),
    );
    const open = CALLS.filter(
      ([method, path]) => !(api.paths[`/api/${path}`]?.[method]?.security ?? api.security)?.length,
    ).map(([, path]) => path);
    expect(open).toEqual([apiPaths.register, apiPaths.login, apiPaths.healthLive, apiPaths.healthReady]);
  });

  it('links to a page of the socket events', async () => {
    const link = /\]\((\/docs\/[^)]+)\)|href="(\/docs\/[^"]+)"/.exec(api.info.description ?? '');
    const path = link?.[1] ?? link?.[2];
    expect(path).toBeDefined();
    const response = await fetch(new URL(path ?? '', stage.api.url));
    expect(response.status).toBe(200);
    const page = await response.text();
    for (const event of [
      'join_chat',
      'leave_chat',
      'send_message',
      'typing',
      'mark_read',
      'get_messages',
      'assign_chat',
      'unassign_chat',
      'close_chat',
      'reopen_chat',
      'new_message',
      'message_changed',
      'user_typing',
      'new_chat_message',
      'messages_read',
      'chat_updated',
      'overview_updated',
      'own_overview_updated',
      'set_idle',
      'support_presence',
      'customer_presence',
      'team_updated',
      'team_presence',
      'audit_recorded',
    ]) {
      expect(page).toContain(event);
    }
  });

  it('has a page to read and try it, which needs nothing from elsewhere', async () => {
    const response = await fetch(`${stage.api.url}/${DOCS_PATH}`);
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain('swagger-ui');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
    expect(page).not.toMatch(/(src|href)="https?:/);
    expect(response.headers.get('content-security-policy')).not.toMatch(
      /script-src[^;]*'unsafe-(inline|eval)'/,
    );
  });
});

describe('the page', () => {
  it.each(['/', '/sign-in', '/admin/messages'])(
    'is served at %s, under a policy without inline script',
    async (path) => {
      const response = await fetch(stage.api.url + path, { headers: { accept: 'text/html' } });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/text\/html/);
      expect(await response.text()).toContain('<chat-root');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/default-src|script-src/);
      expect(policy).toMatch(/object-src 'none'|default-src 'none'/);
      expect(policy).toMatch(/base-uri/);
      expect(policy).toMatch(/frame-ancestors/);
      expect(/(?:script-src|default-src)[^;]*/.exec(policy)?.[0]).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
      expect(response.headers.get('cache-control')).toMatch(/no-store|no-cache/);
    },
  );

  it('has a nonce of its own each time', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => /ngCspNonce="([^"]+)"/i.exec(await (await fetch(stage.api.url)).text())?.[1]),
    );
    expect(nonces[0]).toBeTruthy();
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it.each([
    '/missing.js',
    '/assets/missing.png',
    '/api/missing',
    '/docs/missing',
    '/.env',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/index.html%00.js',
  ])('is not served at %s', async (path) => {
    const response = await fetch(stage.api.url + path);
    const text = await response.text();
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(text).not.toContain('<chat-root');
    expect(text).not.toContain('"dependencies"');
  });
});

describe('every answer', () => {
  it.each(['/', '/docs', `/api/${apiPaths.healthLive}`, `/api/${apiPaths.me}`])(
    'of %s has the headers that protect',
    async (path) => {
      const { headers } = await fetch(stage.api.url + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBeTruthy();
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('referrer-policy')).toBeTruthy();
    },
  );

  it('of the API has a request id, in the header and in an error’s body', async () => {
    const { headers, body } = await stage.people.nobody.get(apiPaths.me);
    expect(headers.get('x-request-id')).toBeTruthy();
    expect(body.requestId).toBe(headers.get('x-request-id'));
  });
});

describe('health', () => {
  it('is told without a token', async () => {
    const live = await stage.people.nobody.get<object>(apiPaths.healthLive);
    const ready = await stage.people.nobody.get<object>(apiPaths.healthReady);
    expect([live.status, live.body]).toEqual([200, { status: 'ok' }]);
    expect([ready.status, ready.body]).toEqual([
      200,
      expect.objectContaining({ status: 'ok', database: 'ok' }),
    ]);
  });
});

const FOREIGN = [
  'https://evil.example',
  'http://retouch.example',
  'https://retouch.example:444',
  'https://retouch.example.evil.example',
  'https://evil-retouch.example',
  'https://sub.retouch.example',
  'https://two.example',
  'null',
];

describe('a foreign origin', () => {
  it.each(FOREIGN)('%s may not read answers', async (origin) => {
    const get = await fetch(`${stage.api.url}/api/${apiPaths.healthLive}`, { headers: { origin } });
    expect(get.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(`${stage.api.url}/api/${apiPaths.login}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(FOREIGN)('%s may not open a socket, over either transport', async (origin) => {
    const { token } = await stage.people.customer();
    for (const transport of ['websocket', 'polling']) {
      await expect(
        ChatSocket.connect(stage.api.url, token, { transports: [transport], extraHeaders: { origin } }),
      ).rejects.toThrow();
    }
  });
});

describe('an allowed origin', () => {
  it.each([ALLOWED, 'https://two.example:8443'])('%s may read answers and open a socket', async (origin) => {
    const preflight = await fetch(`${stage.api.url}/api/${apiPaths.userChat}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization|\*/i);
    const get = await fetch(`${stage.api.url}/api/${apiPaths.healthLive}`, { headers: { origin } });
    expect(get.headers.get('access-control-allow-origin')).toBe(origin);
    expect(get.headers.get('vary')).toMatch(/origin/i);
    const { token } = await stage.people.customer();
    for (const transport of ['websocket', 'polling']) {
      const socket = await ChatSocket.connect(stage.api.url, token, {
        transports: [transport],
        extraHeaders: { origin },
      });
      socket.close();
    }
  });

  it('is the product’s own', async () => {
    const { token } = await stage.people.customer();
    const socket = await ChatSocket.connect(stage.api.url, token, {
      extraHeaders: { origin: stage.api.url },
    });
    socket.close();
  });
});
