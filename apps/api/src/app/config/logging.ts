import { type IncomingMessage, type ServerResponse } from 'node:http';

import { API_PREFIX } from '@elite-chat/contracts';
import { type DynamicModule } from '@nestjs/common';
import { LoggerModule, type Params } from 'nestjs-pino';

import { type Environment } from './environment';
import { loggableError } from './loggable-error';

/** Never written, wherever somebody may put them; the serializers below don't give them in the first place. */
const SECRETS = ['authorization', 'cookie', 'current', 'next', 'password', 'secret', 'token'];

/** What Nest says of each module and route while it starts. */
const STARTING = new Set<unknown>([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
  'WebSocketsController',
]);

const HEALTH = `/${API_PREFIX}/health/`;

/** Fastify gives the raw request its id, and the address behind the proxies. */
type Request = IncomingMessage & { originalUrl?: string; ip?: string };

/** Structured logs, one JSON object for each line: of a request no headers, no body, no query string. */
export function loggingModule({ isProduction, logLevel }: Environment): DynamicModule {
  const pinoHttp: Params<Request, ServerResponse>['pinoHttp'] = {
    level: logLevel,
    hooks: {
      logMethod(line, log, level) {
        const [first] = line;
        const isStarting =
          typeof first === 'object' && first !== null && STARTING.has(Reflect.get(first, 'context'));
        if (isStarting && level === this.levels.values['info']) this.debug(...line);
        else log.apply(this, line);
      },
    },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
    // What is logged during a request has its id, but not all of the request once more.
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    // Ours take the raw objects: the standard ones would copy all headers first.
    wrapSerializers: false,
    serializers: {
      req: (request: Request) => ({ method: request.method, path: pathOf(request), address: request.ip }),
      res: ({ statusCode }: ServerResponse) => ({ statusCode }),
      err: loggableError,
    },
    customLogLevel: (_request, { statusCode }, error) => {
      if (error || statusCode >= 500) return 'error';
      // While developing, calls that went well would scroll away what matters.
      return isProduction || statusCode >= 400 ? 'info' : 'debug';
    },
    // The error itself is logged where it is answered.
    customErrorObject: (_request, _response, _error, { res, responseTime }) => ({ res, responseTime }),
    autoLogging: { ignore: (request) => pathOf(request).startsWith(HEALTH) },
    ...(!isProduction && process.stdout.isTTY && readableLines()),
  };
  return LoggerModule.forRoot({ pinoHttp });
}

function pathOf(request: Request): string {
  return (request.originalUrl ?? request.url ?? '').split('?', 1)[0] ?? '';
}

/** Lines for people, where the package for it is installed: it is one for development. */
function readableLines() {
  try {
    require.resolve('pino-pretty');
  } catch {
    return {};
  }
  const options = { ignore: 'pid,hostname,requestId', singleLine: true, translateTime: 'SYS:HH:MM:ss' };
  return { transport: { target: 'pino-pretty', options } };
}
