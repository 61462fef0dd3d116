import { type ConnectOptions } from 'mongoose';

/**
 * How every connection is made. An acknowledged write is durable; a read never shows what could still
 * be taken back. Retrying writes is ours: the log knows what may be tried again. Indexes are made at
 * start, not by each model on its own.
 */
export const CONNECTION_OPTIONS: ConnectOptions = {
  retryWrites: false,
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  autoIndex: false,
  autoCreate: false,
  maxPoolSize: 100,
  serverSelectionTimeoutMS: 5_000,
  // Longer than any answer takes, an index that is made at start included.
  socketTimeoutMS: 60_000,
};
