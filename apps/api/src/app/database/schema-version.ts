import { Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection } from 'mongoose';

import { MIGRATIONS, SCHEMA_VERSION } from './migrations/migrations';
import { SYSTEM_COLLECTION, type SystemRecord } from './system-records';

/** The stored data is of a version that this program doesn't know. */
export class SchemaVersionError extends Error {}

/** Brings the stored data to this program's version, and refuses data of a newer one. */
@Injectable()
export class SchemaVersion {
  private readonly logger = new Logger(SchemaVersion.name);

  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** @throws SchemaVersionError when the data is newer than `target` */
  async migrate(migrations = MIGRATIONS, target = SCHEMA_VERSION): Promise<void> {
    const records = this.records();
    await records.updateOne({ _id: 'schema' }, { $setOnInsert: { value: target } }, { upsert: true });
    const stored = (await this.stored()) ?? target;
    if (stored > target) {
      throw new SchemaVersionError(
        `The database has schema version ${stored}, this program knows ${target}: start the newer program.`,
      );
    }
    for (const migration of migrations) {
      if (migration.version <= stored || migration.version > target) continue;
      this.logger.log(`Migrating the data to version ${migration.version}.`);
      await migration.up(this.connection);
      await records.updateOne({ _id: 'schema' }, { $max: { value: migration.version } });
    }
  }

  /** The version of the data; null where there is none yet. */
  async stored(): Promise<number | null> {
    return (await this.records().findOne({ _id: 'schema' }))?.value ?? null;
  }

  private records() {
    return this.connection.collection<SystemRecord<number>>(SYSTEM_COLLECTION);
  }
}
