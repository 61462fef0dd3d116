import { type DynamicModule, Module } from '@nestjs/common';

import { AppDoorsModule } from './app-doors.module';
import { AuthModule } from './auth/auth.module';
import { ChatModule } from './chat/chat.module';
import { type Environment } from './config/environment';
import { EnvironmentModule } from './config/environment.module';
import { loggingModule } from './config/logging';
import { DatabaseModule } from './database/database.module';
import { HealthModule } from './health/health.module';
import { MetricsModule } from './metrics/metrics.module';
import { RedisModule } from './redis/redis.module';
import { RateLimitersModule } from './throttling/rate-limiters';
import { TeamModule } from './team/team.module';
import { ThrottlingModule } from './throttling/throttling.module';

/** The whole API. */
@Module({})
export class AppModule {
  /** @param databaseUri of the server, whichever it is */
  static with(environment: Environment, databaseUri: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        EnvironmentModule.with(environment),
        AppDoorsModule,
        loggingModule(environment),
        DatabaseModule.at(databaseUri),
        MetricsModule,
        RedisModule,
        RateLimitersModule,
        ThrottlingModule,
        AuthModule,
        ChatModule,
        TeamModule,
        HealthModule,
      ],
    };
  }
}
