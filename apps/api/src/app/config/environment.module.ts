import { type DynamicModule, Global, Module } from '@nestjs/common';

import { Environment } from './environment';

/** Gives the settings to everybody. */
@Global()
@Module({})
export class EnvironmentModule {
  static with(environment: Environment): DynamicModule {
    return {
      module: EnvironmentModule,
      providers: [{ provide: Environment, useValue: environment }],
      exports: [Environment],
    };
  }
}
