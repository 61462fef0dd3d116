import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection } from 'mongoose';

/** Makes every collection and index that a schema declares, before the first request. */
@Injectable()
export class IndexesAtStart {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /**
   * Makes those that are missing; what is there already stays.
   * @throws the database's error where one can't be made
   */
  async create(): Promise<void> {
    for (const model of Object.values(this.connection.models)) {
      // A collection must exist before a transaction writes to it.
      await model.createCollection();
      await model.createIndexes();
    }
  }
}
