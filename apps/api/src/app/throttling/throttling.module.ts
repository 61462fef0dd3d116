import { type ExecutionContext, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { ThrottlerModule, type ThrottlerModuleOptions } from '@nestjs/throttler';
import { type FastifyRequest } from 'fastify';

import { Environment } from '../config/environment';
import { addressKey } from './address-key';
import { Caller } from './caller.service';
import { type AddressLimit, isLimitedPerAddress } from './limited-per-address.decorator';
import { RateLimiters } from './rate-limiters';
import { REST_LIMIT } from './rest-limit';
import { RequestThrottlerGuard } from './request-throttler.guard';
import { WindowStorage } from './window-storage';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

@Module({
  imports: [
    JwtModule.registerAsync({
      inject: [Environment],
      useFactory: ({ jwtSecret }: Environment) => ({
        secret: jwtSecret,
        verifyOptions: { algorithms: ['HS256'] },
      }),
    }),
  ],
  providers: [Caller],
  exports: [Caller],
})
class CallerModule {}

/** Limits of REST calls. Imported before the module with the guards, so that what these refuse is counted. */
@Module({
  imports: [
    CallerModule,
    ThrottlerModule.forRootAsync({
      imports: [CallerModule],
      inject: [Environment, Caller, RateLimiters],
      useFactory: (
        { limits }: Environment,
        caller: Caller,
        limiters: RateLimiters,
      ): ThrottlerModuleOptions => {
        const perAddress = (name: AddressLimit, limit: number, ttl: number) => ({
          name,
          limit,
          ttl,
          getTracker: async (request: Record<string, unknown>) => addressKey(asRequest(request).ip),
          skipIf: (context: ExecutionContext) => !isLimitedPerAddress(context, name),
        });
        return {
          throttlers: [
            { name: REST_LIMIT, limit: limits.restPerMinute, ttl: MINUTE_MS },
            perAddress('login', limits.loginPerMinute, MINUTE_MS),
            perAddress('register', limits.registerPerHour, HOUR_MS),
          ],
          getTracker: async (request) => caller.of(asRequest(request)),
          // One count over all calls, not one for each.
          generateKey: (_context, tracker) => tracker,
          setHeaders: false,
          storage: new WindowStorage(limiters),
        };
      },
    }),
  ],
  providers: [{ provide: APP_GUARD, useClass: RequestThrottlerGuard }],
})
export class ThrottlingModule {}

/** The throttler does not say which framework's request it gives; it is always Fastify's here. */
function asRequest(request: object): FastifyRequest {
  return request as FastifyRequest;
}
