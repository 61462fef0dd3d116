import { resolve } from 'node:path';

import { EnvironmentError } from './environment-error';
import { keptSecret } from './kept-secret';
import { LIMIT_MAX, LIMIT_SETTINGS, type Limits } from './limits';
import { SettingsReader } from './settings-reader';

export { EnvironmentError } from './environment-error';

/** Shortest secret, in bytes: as long as the hash that it keys (RFC 7518, section 3.2). */
const SECRET_BYTES_MIN = 32;

/** Secrets from examples, which everybody knows. */
const PLACEHOLDER = /change.?me|replace|placeholder|your.?secret|example|secret.?key.?here/i;

/** Other names, such as "prod", would silently start what nobody meant to run in public. */
const MODES = ['production', 'development', 'test'] as const;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const DAY_SECONDS = 86_400;

/** Which proxies are believed about a client's address: a number of hops, addresses and CIDRs, or none. */
export type TrustProxy = number | string[] | false;

/** How much the server logs. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The settings, read once and validated. */
export class Environment {
  private constructor(
    /** `NODE_ENV=production`. */
    readonly isProduction: boolean,
    /** `JWT_SECRET`: key of all tokens. */
    readonly jwtSecret: string,
    /** `TOKEN_LIFETIME_DAYS`: how long a session lasts; seconds. */
    readonly tokenLifetimeSeconds: number,
    /** `FRONTEND_URL`: origins that may call beside our own. */
    readonly frontendOrigins: readonly string[],
    /** `VITE_API_URL`: the API that our built client talks to, where that is another origin than ours. */
    readonly clientApiOrigin: string | undefined,
    /** `PORT`; 0 lets the system choose. */
    readonly port: number,
    /** `HOST`: the address to listen on. */
    readonly host: string,
    /** `METRICS_PORT`: where metrics are gathered; without one, nowhere. */
    readonly metricsPort: number | undefined,
    /** `METRICS_HOST`: the address of that port. */
    readonly metricsHost: string,
    /** `MONGODB_URI`: the database; without one, ours is started. */
    readonly mongodbUri: string | undefined,
    /** `REDIS_URL`: several nodes; without one, one node. */
    readonly redisUrl: string | undefined,
    /** `DATA_DIR`, absolute. */
    readonly dataDirectory: string,
    /** `HOST_ADMINS`: whether tokens of the host application may say `role: 'admin'`. */
    readonly hostAdmins: boolean,
    /** `TRUST_PROXY`. */
    readonly trustProxy: TrustProxy,
    /** `LOG_LEVEL`. */
    readonly logLevel: LogLevel,
    /** `LIMIT_…`. */
    readonly limits: Readonly<Limits>,
  ) {}

  /** Demo accounts exist with a database of ours outside production only. */
  get hasDemoAccounts(): boolean {
    return !this.isProduction && this.mongodbUri === undefined;
  }

  /**
   * Reads the settings; empty counts as not set.
   * @throws EnvironmentError with one line that names the variable
   */
  static read(variables: NodeJS.ProcessEnv): Environment {
    const settings = new SettingsReader(variables);
    const isProduction = settings.choice('NODE_ENV', MODES, 'development') === 'production';
    const mongodbUri = readDatabaseUri(settings);
    const dataDirectory = resolve(settings.text('DATA_DIR') ?? '.data');
    return new Environment(
      isProduction,
      readSecret(settings, isProduction, dataDirectory),
      settings.integer('TOKEN_LIFETIME_DAYS', { fallback: 7, min: 1, max: 365 }) * DAY_SECONDS,
      settings.list('FRONTEND_URL').map((origin) => settings.origin('FRONTEND_URL', origin)),
      readClientApiOrigin(settings),
      settings.integer('PORT', { fallback: 5_000, min: 0, max: 65_535 }),
      settings.text('HOST') ?? (!isProduction && mongodbUri === undefined ? '127.0.0.1' : '0.0.0.0'),
      readMetricsPort(settings),
      settings.text('METRICS_HOST') ?? '127.0.0.1',
      mongodbUri,
      settings.url('REDIS_URL', ['redis:', 'rediss:']),
      dataDirectory,
      settings.flag('HOST_ADMINS'),
      readTrustProxy(settings),
      settings.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
      readLimits(settings),
    );
  }
}

function readSecret(settings: SettingsReader, isProduction: boolean, dataDirectory: string): string {
  const secret = settings.text('JWT_SECRET');
  if (secret === undefined) {
    if (isProduction) throw new EnvironmentError('JWT_SECRET', 'must be set in production.');
    return keptSecret(dataDirectory);
  }
  if (Buffer.byteLength(secret) < SECRET_BYTES_MIN) {
    throw new EnvironmentError('JWT_SECRET', `must be at least ${SECRET_BYTES_MIN} bytes.`);
  }
  if (isProduction && (PLACEHOLDER.test(secret) || new Set(secret).size < 8)) {
    throw new EnvironmentError(
      'JWT_SECRET',
      'is a placeholder; make a random one, e.g. `openssl rand -base64 48`.',
    );
  }
  return secret;
}

function readDatabaseUri(settings: SettingsReader): string | undefined {
  const uri = settings.text('MONGODB_URI');
  if (uri !== undefined && !/^mongodb(\+srv)?:\/\/\S+$/.test(uri)) {
    throw new EnvironmentError('MONGODB_URI', 'must begin with mongodb:// or mongodb+srv://.');
  }
  return uri;
}

function readMetricsPort(settings: SettingsReader): number | undefined {
  if (settings.text('METRICS_PORT') === undefined) return undefined;
  return settings.integer('METRICS_PORT', { fallback: 0, min: 0, max: 65_535 });
}

function readClientApiOrigin(settings: SettingsReader): string | undefined {
  const origin = settings.text('VITE_API_URL');
  return origin === undefined ? undefined : settings.origin('VITE_API_URL', origin);
}

function readTrustProxy(settings: SettingsReader): TrustProxy {
  const value = settings.text('TRUST_PROXY');
  if (value === undefined) return false;
  if (/^\d+$/.test(value)) return settings.integer('TRUST_PROXY', { fallback: 0, min: 0, max: 32 }) || false;
  return settings.list('TRUST_PROXY').map((range) => settings.addressRange('TRUST_PROXY', range));
}

function readLimits(settings: SettingsReader): Limits {
  const read = (limit: keyof Limits) => {
    const { variable, default: fallback } = LIMIT_SETTINGS[limit];
    return settings.integer(variable, { fallback, min: 1, max: LIMIT_MAX });
  };
  return {
    restPerMinute: read('restPerMinute'),
    loginPerMinute: read('loginPerMinute'),
    registerPerHour: read('registerPerHour'),
    handshakesPerMinute: read('handshakesPerMinute'),
    socketEventsPerTenSeconds: read('socketEventsPerTenSeconds'),
    messagesPerTenSeconds: read('messagesPerTenSeconds'),
    pagesPerMinute: read('pagesPerMinute'),
    queuedEntriesPerChat: read('queuedEntriesPerChat'),
    queuedEntries: read('queuedEntries'),
    unsentBytesPerConnection: read('unsentBytesPerConnection'),
  };
}
