import { randomUUID } from 'node:crypto';

import { apiPaths, type UserDto } from '@elite-chat/contracts';

import { ChatSocket, ConnectionRefused } from './support/chat-socket';
import { RestClient } from './support/rest-client';
import { useStage } from './support/stage';
import { type Claims, inSeconds, signToken } from './support/tokens';

const CALLS_THAT_NEED_A_TOKEN: readonly ['get' | 'post', string][] = [
  ['get', apiPaths.me],
  ['post', apiPaths.password],
  ['post', apiPaths.signOutEverywhere],
  ['get', apiPaths.userChat],
  ['get', apiPaths.userChats],
  ['get', apiPaths.userMessages('0'.repeat(24))],
  ['post', apiPaths.userMessages('0'.repeat(24))],
  ['post', apiPaths.userRead('0'.repeat(24))],
  ['post', apiPaths.userClose('0'.repeat(24))],
  ['post', apiPaths.userReopen('0'.repeat(24))],
  ['get', apiPaths.adminChats],
  ['get', apiPaths.adminTeam],
  ['post', apiPaths.adminTeam],
  ['post', apiPaths.adminDisable('0'.repeat(24))],
  ['post', apiPaths.adminEnable('0'.repeat(24))],
  ['post', apiPaths.adminPassword('0'.repeat(24))],
  ['get', apiPaths.adminAudit],
  ['post', apiPaths.adminAssign('0'.repeat(24))],
  ['get', apiPaths.adminMessages('0'.repeat(24))],
  ['post', apiPaths.adminMessages('0'.repeat(24))],
  ['post', apiPaths.adminRead('0'.repeat(24))],
  ['post', apiPaths.adminUnassign('0'.repeat(24))],
  ['post', apiPaths.adminClose('0'.repeat(24))],
  ['post', apiPaths.adminReopen('0'.repeat(24))],
];

const hostClaims = (claims: Claims = {}): Claims => ({
  sub: randomUUID(),
  name: 'Hal Host',
  email: `${randomUUID()}@host.example`,
  role: 'user',
  ...claims,
});

async function refusalAtTheDoor(url: string, token: unknown): Promise<ConnectionRefused> {
  try {
    (await ChatSocket.connect(url, token)).close();
  } catch (error) {
    if (error instanceof ConnectionRefused) return error;
    throw error;
  }
  throw new Error('The connection was not refused.');
}

describe('where admins of the host are not believed', () => {
  const stage = useStage({});

  const BAD_TOKENS: readonly [string, () => string][] = [
    ['no JWT at all', () => 'garbage'],
    ['an empty signature', () => signToken(hostClaims()).replace(/[^.]+$/, '')],
    ['another secret', () => signToken(hostClaims(), { secret: 'x'.repeat(64) })],
    ['the algorithm "none"', () => signToken(hostClaims(), { algorithm: 'none' })],
    ['HS512', () => signToken(hostClaims(), { algorithm: 'HS512' })],
    ['HS384', () => signToken(hostClaims(), { algorithm: 'HS384' })],
    ['an expiry in the past', () => signToken(hostClaims({ exp: inSeconds(-120) }))],
    ['no expiry', () => signToken(hostClaims({ exp: undefined }))],
    ['an expiry that is no number', () => signToken(hostClaims({ exp: 'never' }))],
    ['a beginning in the future', () => signToken(hostClaims({ nbf: inSeconds(3600) }))],
    ['no subject', () => signToken(hostClaims({ sub: undefined }))],
    ['a subject that is an object', () => signToken(hostClaims({ sub: { $gt: '' } }))],
    ['an empty subject', () => signToken(hostClaims({ sub: '' }))],
    ['an issuer that is an object', () => signToken(hostClaims({ iss: { $ne: null } }))],
    ['10,000 characters', () => 'a'.repeat(10_000)],
  ];

  it.each(BAD_TOKENS)('a token with %s opens neither door', async (_name, make) => {
    const token = make();
    const { status, body } = await new RestClient(stage.api.url, token).get(apiPaths.me);
    expect([status, body.code]).toEqual([401, 'unauthorized']);
    const refusal = await refusalAtTheDoor(stage.api.url, token);
    expect(refusal.message).toBe('unauthorized');
    expect(refusal.data).toMatchObject({ code: 'unauthorized', message: expect.any(String) });
  });

  it('a token whose claims were changed opens neither door', async () => {
    const [head, , signature] = (await stage.people.customer()).token.split('.');
    const [, body] = signToken(hostClaims({ role: 'admin' })).split('.');
    const token = `${head}.${body}.${signature}`;
    expect((await new RestClient(stage.api.url, token).get(apiPaths.me)).status).toBe(401);
    expect((await refusalAtTheDoor(stage.api.url, token)).message).toBe('unauthorized');
  });

  it.each([
    ['no token', undefined],
    ['an object', { $gt: '' }],
    ['a number', 7],
    ['null', null],
    ['an array', ['token']],
  ])('a socket with %s for a token is refused', async (_name, token) => {
    expect((await refusalAtTheDoor(stage.api.url, token)).message).toBe('unauthorized');
  });

  it('a socket is refused over polling in the same way', async () => {
    await expect(
      ChatSocket.connect(stage.api.url, 'garbage', { transports: ['polling'] }),
    ).rejects.toMatchObject({ message: 'unauthorized', data: { code: 'unauthorized' } });
  });

  it.each([
    ['no header', {}],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
    ['a bare scheme', { authorization: 'Bearer' }],
  ])('%s is unauthorized', async (_name, headers) => {
    const { status, body } = await stage.people.nobody.get(apiPaths.me, headers);
    expect([status, body.code]).toEqual([401, 'unauthorized']);
  });

  it('a token is not taken from the address', async () => {
    const { token } = await stage.people.customer();
    expect(
      (await stage.people.nobody.get(`${apiPaths.me}?token=${token}&access_token=${token}`)).status,
    ).toBe(401);
  });

  it.each(CALLS_THAT_NEED_A_TOKEN)('%s %s needs a token', async (method, path) => {
    const { status, body } = await stage.people.nobody[method](path);
    expect([status, body.code]).toEqual([401, 'unauthorized']);
  });

  it('a user of the host is made at first sight and found again', async () => {
    const claims = hostClaims();
    const first = await new RestClient(stage.api.url, signToken(claims)).get<UserDto>(apiPaths.me);
    const second = await new RestClient(stage.api.url, signToken(claims)).get<UserDto>(apiPaths.me);
    expect(first.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: 'Hal Host',
      email: claims['email'],
      role: 'user',
    });
    expect(second.body).toEqual(first.body);
  });

  it('twenty first sights at once are one user', async () => {
    const token = signToken(hostClaims());
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => new RestClient(stage.api.url, token).get<UserDto>(apiPaths.me)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('a user of the host is known by `id` where there is no `sub`', async () => {
    const claims = hostClaims();
    const bySubject = await new RestClient(stage.api.url, signToken(claims)).get<UserDto>(apiPaths.me);
    const byId = await new RestClient(
      stage.api.url,
      signToken({ ...claims, sub: undefined, id: claims['sub'] }),
    ).get<UserDto>(apiPaths.me);
    expect(byId.body.id).toBe(bySubject.body.id);
  });

  it('the same subject of another issuer is somebody else', async () => {
    const claims = hostClaims();
    const one = await new RestClient(stage.api.url, signToken(claims)).get<UserDto>(apiPaths.me);
    const other = await new RestClient(
      stage.api.url,
      signToken({ ...claims, iss: 'https://host.example' }),
    ).get<UserDto>(apiPaths.me);
    expect(other.status).toBe(200);
    expect(other.body.id).not.toBe(one.body.id);
  });

  it('the email of a host’s user opens nobody else’s account', async () => {
    const customer = await stage.people.customer();
    const { status, body } = await new RestClient(
      stage.api.url,
      signToken(hostClaims({ email: customer.user.email })),
    ).get<UserDto>(apiPaths.me);
    expect(status).toBe(200);
    expect(body.id).not.toBe(customer.user.id);
  });

  it('a subject that is one of our ids opens nobody else’s account', async () => {
    const customer = await stage.people.customer();
    const { body } = await new RestClient(
      stage.api.url,
      signToken(hostClaims({ sub: customer.user.id })),
    ).get<UserDto>(apiPaths.me);
    expect(body.id).not.toBe(customer.user.id);
  });

  it('name follows the token', async () => {
    const claims = hostClaims();
    await new RestClient(stage.api.url, signToken(claims)).get(apiPaths.me);
    const renamed = await new RestClient(
      stage.api.url,
      signToken({ ...claims, name: 'Hal Renamed', iat: inSeconds(1) }),
    ).get<UserDto>(apiPaths.me);
    expect(renamed.body.name).toBe('Hal Renamed');
  });

  it('a host’s role "admin" gives no admin', async () => {
    const token = signToken(hostClaims({ role: 'admin' }));
    const me = await new RestClient(stage.api.url, token).get<UserDto>(apiPaths.me);
    const inbox = await new RestClient(stage.api.url, token).get(apiPaths.adminChats);
    // Refused outright or taken for a customer: never an admin.
    expect([401, 403]).toContain(inbox.status);
    if (me.status === 200) expect(me.body.role).toBe('user');
  });
});

describe('where admins of the host are believed', () => {
  const stage = useStage();

  it('a host’s role "admin" opens the inbox', async () => {
    const admin = await stage.people.admin();
    expect(admin.user.role).toBe('admin');
    expect((await admin.rest.get(apiPaths.adminChats)).status).toBe(200);
  });

  it('role follows the token', async () => {
    const claims = hostClaims({ role: 'admin' });
    await new RestClient(stage.api.url, signToken(claims)).get(apiPaths.me);
    const token = signToken({ ...claims, role: 'user', iat: inSeconds(1) });
    const me = await new RestClient(stage.api.url, token).get<UserDto>(apiPaths.me);
    expect(me.body.role).toBe('user');
    expect((await new RestClient(stage.api.url, token).get(apiPaths.adminChats)).status).toBe(403);
  });

  it('a socket ends when its token expires', async () => {
    const token = signToken(hostClaims({ exp: inSeconds(3) }));
    const socket = await ChatSocket.connect(stage.api.url, token);
    await socket.isDisconnected();
    await expect(ChatSocket.connect(stage.api.url, token)).rejects.toThrow('unauthorized');
  });
});
