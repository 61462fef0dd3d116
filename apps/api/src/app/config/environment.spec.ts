import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

import { Environment } from './environment';
import { LIMIT_SETTINGS } from './limits';

const SECRET = 'uT9fXq2LrB7mVw4KzN8cHs5JpD3gYa6E';
const EXAMPLE = join(__dirname, '../../../../../.env.example');

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'elite-chat-environment-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const read = (variables: NodeJS.ProcessEnv) => Environment.read({ DATA_DIR: directory, ...variables });

describe('the environment', () => {
  it('needs nothing outside production', () => {
    expect(read({})).toMatchObject({
      isProduction: false,
      hasDemoAccounts: true,
      tokenLifetimeSeconds: 604_800,
      frontendOrigins: [],
      clientApiOrigin: undefined,
      port: 5_000,
      host: '127.0.0.1',
      metricsPort: undefined,
      metricsHost: '127.0.0.1',
      mongodbUri: undefined,
      redisUrl: undefined,
      dataDirectory: directory,
      hostAdmins: false,
      trustProxy: false,
      logLevel: 'info',
      limits: { restPerMinute: 600, loginPerMinute: 30, queuedEntries: 20_000 },
    });
  });

  it.each<[keyof Environment, NodeJS.ProcessEnv, unknown]>([
    ['jwtSecret', { JWT_SECRET: SECRET }, SECRET],
    ['tokenLifetimeSeconds', { TOKEN_LIFETIME_DAYS: '1' }, 86_400],
    [
      'frontendOrigins',
      { FRONTEND_URL: ' https://a.example , http://b.example:8080/' },
      ['https://a.example', 'http://b.example:8080'],
    ],
    ['frontendOrigins', { FRONTEND_URL: 'https://A.example:443' }, ['https://a.example']],
    ['clientApiOrigin', { VITE_API_URL: 'https://api.example/' }, 'https://api.example'],
    ['port', { PORT: '0' }, 0],
    ['metricsPort', { METRICS_PORT: '9400' }, 9_400],
    ['metricsHost', { METRICS_HOST: '0.0.0.0' }, '0.0.0.0'],
    ['port', { PORT: '' }, 5_000],
    ['host', { HOST: '0.0.0.0' }, '0.0.0.0'],
    ['host', { MONGODB_URI: 'mongodb://db/chat' }, '0.0.0.0'],
    ['host', { NODE_ENV: 'production', JWT_SECRET: SECRET }, '0.0.0.0'],
    ['hasDemoAccounts', { MONGODB_URI: 'mongodb://db/chat' }, false],
    ['hasDemoAccounts', { NODE_ENV: 'production', JWT_SECRET: SECRET }, false],
    ['hostAdmins', { HOST_ADMINS: 'true' }, true],
    ['trustProxy', { TRUST_PROXY: '2' }, 2],
    ['trustProxy', { TRUST_PROXY: '0' }, false],
    ['trustProxy', { TRUST_PROXY: 'loopback, 10.0.0.0/8, ::1' }, ['loopback', '10.0.0.0/8', '::1']],
    ['redisUrl', { REDIS_URL: 'rediss://r.example' }, 'rediss://r.example'],
    ['logLevel', { LOG_LEVEL: 'warn' }, 'warn'],
  ])('reads %s from %j', (field, variables, value) => {
    expect(read(variables)[field]).toEqual(value);
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['JWT_SECRET', { JWT_SECRET: 'x'.repeat(31) }],
    ['NODE_ENV', { NODE_ENV: 'prod', JWT_SECRET: SECRET }],
    ['JWT_SECRET', { NODE_ENV: 'production' }],
    ['JWT_SECRET', { NODE_ENV: 'production', JWT_SECRET: 'change-me-change-me-change-me-change-me' }],
    ['JWT_SECRET', { NODE_ENV: 'production', JWT_SECRET: 'a'.repeat(64) }],
    ['TOKEN_LIFETIME_DAYS', { TOKEN_LIFETIME_DAYS: '0' }],
    ['FRONTEND_URL', { FRONTEND_URL: '*' }],
    ['FRONTEND_URL', { FRONTEND_URL: 'https://a.example/path' }],
    ['FRONTEND_URL', { FRONTEND_URL: 'https://a.example,ftp://b.example' }],
    ['FRONTEND_URL', { FRONTEND_URL: 'a.example' }],
    ['VITE_API_URL', { VITE_API_URL: 'api.example' }],
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '-1' }],
    ['PORT', { PORT: '5000.5' }],
    ['PORT', { PORT: '0x10' }],
    ['MONGODB_URI', { MONGODB_URI: 'postgres://db' }],
    ['REDIS_URL', { REDIS_URL: 'http://r.example' }],
    ['HOST_ADMINS', { HOST_ADMINS: 'yes' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'all' }],
    ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/33' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ...Object.values(LIMIT_SETTINGS).map(({ variable }): [string, NodeJS.ProcessEnv] => [
      variable,
      { [variable]: '0' },
    ]),
  ])('refuses %s in one line that names it: %j', (variable, variables) => {
    expect(() => read(variables)).toThrow(
      expect.objectContaining({
        name: 'EnvironmentError',
        message: expect.stringMatching(new RegExp(`^${variable} [^\n]+$`)),
      }),
    );
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['JWT_SECRET', { JWT_SECRET: 'hush-hush' }],
    ['MONGODB_URI', { MONGODB_URI: 'http://me:hush-hush@db' }],
    ['REDIS_URL', { REDIS_URL: 'http://:hush-hush@r' }],
  ])('does not repeat what may be secret in %s', (_variable, variables) => {
    expect(() => read(variables)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hush') }),
    );
  });
});

describe('the secret that is made', () => {
  it('is kept, for its owner only', () => {
    const { jwtSecret } = read({});
    expect(Buffer.byteLength(jwtSecret)).toBeGreaterThanOrEqual(32);
    expect(read({}).jwtSecret).toBe(jwtSecret);
    const [file = ''] = readdirSync(directory);
    expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
  });

  it('is another in another place', () => {
    expect(read({}).jwtSecret).not.toBe(read({ DATA_DIR: join(directory, 'other') }).jwtSecret);
  });

  it('is refused when somebody has emptied its file', () => {
    read({});
    const [file = ''] = readdirSync(directory);
    writeFileSync(join(directory, file), '');
    expect(() => read({})).toThrow(/^DATA_DIR .*damaged secret[^\n]+$/);
  });

  it('says so in one line where it can not be kept', () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    expect(() => read({ DATA_DIR: join(file, 'below') })).toThrow(/^DATA_DIR .*below[^\n]+$/);
  });
});

describe('.env.example', () => {
  const variables = parseEnv(readFileSync(EXAMPLE, 'utf8'));

  it('is valid as it stands, with the defaults', () => {
    expect(read({ ...variables, DATA_DIR: directory })).toEqual(read({ DATA_DIR: directory }));
  });

  it('names every setting', () => {
    for (const { variable } of Object.values(LIMIT_SETTINGS)) expect(variables).toHaveProperty(variable);
    expect(Object.keys(variables)).toEqual(
      expect.arrayContaining([
        'DATA_DIR',
        'FRONTEND_URL',
        'HOST',
        'HOST_ADMINS',
        'JWT_SECRET',
        'LOG_LEVEL',
        'METRICS_HOST',
        'METRICS_PORT',
        'MONGODB_URI',
        'NODE_ENV',
        'PORT',
        'REDIS_URL',
        'TOKEN_LIFETIME_DAYS',
        'TRUST_PROXY',
        'VITE_API_URL',
      ]),
    );
  });
});
