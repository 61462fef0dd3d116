import { Global, Module } from '@nestjs/common';

import { Metrics } from './metrics';
import { MetricsServer } from './metrics-server';

/** What operators see of a node. */
@Global()
@Module({ providers: [Metrics, MetricsServer], exports: [Metrics] })
export class MetricsModule {}
