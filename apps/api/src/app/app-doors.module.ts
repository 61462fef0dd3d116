import { Global, Module } from '@nestjs/common';

import { AppDoors } from './app-doors.service';

/** The doors, for all who let somebody in. */
@Global()
@Module({ providers: [AppDoors], exports: [AppDoors] })
export class AppDoorsModule {}
