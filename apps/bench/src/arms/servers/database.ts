import { connect, type Mongoose } from 'mongoose';

/** The database, with the product's durability and pool. */
export function connectDatabase(): Promise<Mongoose> {
  return connect(process.env['MONGODB_URI'] ?? '', {
    retryWrites: false,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    maxPoolSize: 100,
  });
}
