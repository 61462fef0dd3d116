import { apiPaths, type SessionDto } from '@elite-chat/contracts';

import { createTestApp, type TestApp } from '../../../test/test-app';

const VARIABLES = {
  LIMIT_REST_PER_MINUTE: '8',
  LIMIT_LOGIN_PER_MINUTE: '3',
  LIMIT_REGISTER_PER_HOUR: '2',
  LIMIT_PAGES_PER_MINUTE: '5',
};

let test: TestApp;

beforeEach(async () => {
  test = await createTestApp({ variables: { ...VARIABLES, TRUST_PROXY: 'loopback' } });
});

afterEach(() => test.close());

/** Calls from an address, as the trusted proxy tells it. */
const call = (address: string, path: string, init: RequestInit = {}, token?: string) =>
  fetch(test.url + path, {
    ...init,
    headers: {
      'x-forwarded-for': address,
      ...(token && { authorization: `Bearer ${token}` }),
      ...(init.body && { 'content-type': 'application/json' }),
    },
  });
const post = (address: string, path: string, body: object) =>
  call(address, `/api/${path}`, { method: 'POST', body: JSON.stringify(body) });
const register = (address: string, email: string) =>
  post(address, apiPaths.register, { name: 'Cora', email, password: 'correct-horse' });
const sessionOf = async (response: Response): Promise<SessionDto> => JSON.parse(await response.text());
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const forgedToken = (sub: string) =>
  `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ sub, exp: 9e9 })}.forged`;
const times = async (count: number, act: () => Promise<Response>) => {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) statuses.push((await act()).status);
  return statuses;
};

describe('calls beyond the limit', () => {
  it('of one person are refused with the time to wait, wherever they come from; others go on', async () => {
    const { token } = await sessionOf(await register('10.0.0.1', 'cora@example.com'));
    const { token: others } = await sessionOf(await register('10.0.0.1', 'ben@example.com'));
    const me = `/api/${apiPaths.me}`;
    let turn = 0;
    expect(await times(8, () => call(`10.0.1.${turn++}`, me, {}, token))).toEqual(Array(8).fill(200));

    const refused = await call('10.0.0.9', me, {}, token);
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect([refused.status, await refused.json()]).toEqual([
      429,
      expect.objectContaining({ code: 'rate_limited', retryAfter, requestId: expect.any(String) }),
    ]);
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect((await call('10.0.0.9', me, {}, others)).status).toBe(200);
  });

  it('that the guards refuse are counted for their address, whatever token they carry', async () => {
    let turn = 0;
    const guess = () => call('10.0.0.1', `/api/${apiPaths.me}`, {}, forgedToken(`person-${turn++}`));
    expect(await times(9, guess)).toEqual([...Array(8).fill(401), 429]);
    expect((await call('10.0.0.2', `/api/${apiPaths.me}`)).status).toBe(401);
  });

  it('from one network of IPv6 are counted together', async () => {
    let turn = 0;
    const anonymous = () => call(`2001:db8:1:2::${turn++}`, `/api/${apiPaths.me}`);
    expect(await times(9, anonymous)).toEqual([...Array(8).fill(401), 429]);
    expect((await call('2001:db8:1:3::1', `/api/${apiPaths.me}`)).status).toBe(401);
  });

  it('of health are never refused', async () => {
    expect(await times(20, () => call('10.0.0.1', `/api/${apiPaths.healthLive}`))).toEqual(
      Array(20).fill(200),
    );
  });

  it('of pages are refused for their address', async () => {
    expect(await times(6, () => call('10.0.0.1', '/docs'))).toEqual([...Array(5).fill(200), 429]);
    expect((await call('10.0.0.2', '/docs')).status).toBe(200);
    expect((await call('10.0.0.1', `/api/${apiPaths.healthLive}`)).status).toBe(200);
  });
});

describe('an address', () => {
  it('can sign in so often and no more', async () => {
    let turn = 0;
    const login = () =>
      post('10.0.0.1', apiPaths.login, { email: `${turn++}@example.com`, password: 'wrong-password' });
    expect(await times(4, login)).toEqual([401, 401, 401, 429]);
  });

  it('can register so often and no more', async () => {
    let turn = 0;
    expect(await times(3, () => register('10.0.0.1', `${turn++}@example.com`))).toEqual([201, 201, 429]);
    expect((await register('10.0.0.2', 'other@example.com')).status).toBe(201);
  });
});
