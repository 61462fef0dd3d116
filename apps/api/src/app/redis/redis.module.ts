import { Global, Module } from '@nestjs/common';

import { RedisConnection } from './redis-connection';

/** What several nodes know of each other; there where `REDIS_URL` is set. */
@Global()
@Module({ providers: [RedisConnection], exports: [RedisConnection] })
export class RedisModule {}
