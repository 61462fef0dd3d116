import { Module } from '@nestjs/common';

import { HealthController } from './health.controller';

/** Whether the server is alive and ready. */
@Module({ controllers: [HealthController] })
export class HealthModule {}
