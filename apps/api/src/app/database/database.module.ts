import { type DynamicModule, Global, Module, type OnModuleInit } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import { type Connection } from 'mongoose';

import { CONNECTION_OPTIONS } from './connection-options';
import { DatabaseEpoch } from './database-epoch';
import { IndexesAtStart } from './indexes-at-start';
import { SchemaVersion } from './schema-version';
import { refuseUnfinishedRestore } from './unfinished-restore';

/** The connection, and what must be right about the data before anything else begins. */
@Global()
@Module({})
export class DatabaseModule implements OnModuleInit {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly schema: SchemaVersion,
    private readonly indexes: IndexesAtStart,
    private readonly epoch: DatabaseEpoch,
  ) {}

  /** @param uri of the server, whichever it is */
  static at(uri: string): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [MongooseModule.forRoot(uri, { ...CONNECTION_OPTIONS, retryAttempts: 0 })],
      providers: [SchemaVersion, IndexesAtStart, DatabaseEpoch],
      exports: [DatabaseEpoch],
    };
  }

  /** One after another: nothing is changed in data of a newer version, and indexes are of migrated data. */
  async onModuleInit(): Promise<void> {
    await refuseUnfinishedRestore(this.connection);
    await this.schema.migrate();
    await this.indexes.create();
    await this.epoch.load();
  }
}
