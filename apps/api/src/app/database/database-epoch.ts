import { randomUUID } from 'node:crypto';

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection } from 'mongoose';

import { SYSTEM_COLLECTION, type SystemRecord } from './system-records';

/**
 * Which history the database holds: random, and new when it was restored from a backup. Clients that
 * know another one load everything anew.
 */
@Injectable()
export class DatabaseEpoch implements OnModuleInit {
  private value = '';

  constructor(@InjectConnection() private readonly connection: Connection) {}

  get epoch(): string {
    return this.value;
  }

  async onModuleInit(): Promise<void> {
    const records = this.connection.collection<SystemRecord<string>>(SYSTEM_COLLECTION);
    await records.updateOne({ _id: 'epoch' }, { $setOnInsert: { value: randomUUID() } }, { upsert: true });
    const record = await records.findOne({ _id: 'epoch' });
    if (!record) throw new Error('The database did not keep its epoch.');
    this.value = record.value;
  }
}
