import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection } from 'mongoose';

import { SYSTEM_COLLECTION, type SystemRecord } from './system-records';

/**
 * Which history the database holds: random, and new when it was restored from a backup. Clients that
 * know another one load everything anew.
 */
@Injectable()
export class DatabaseEpoch {
  private value = '';

  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** Known once the application has started. */
  get epoch(): string {
    return this.value;
  }

  /** Reads it, or makes it at the first start. */
  async load(): Promise<void> {
    const records = this.records();
    await records.updateOne({ _id: 'epoch' }, { $setOnInsert: { value: randomUUID() } }, { upsert: true });
    const record = await records.findOne({ _id: 'epoch' });
    if (!record) throw new Error('The database did not keep its epoch.');
    this.value = record.value;
  }

  /** Begins another history: for a database that was restored, before a server starts on it. */
  async renew(): Promise<void> {
    this.value = randomUUID();
    await this.records().updateOne({ _id: 'epoch' }, { $set: { value: this.value } }, { upsert: true });
  }

  private records() {
    return this.connection.collection<SystemRecord<string>>(SYSTEM_COLLECTION);
  }
}
