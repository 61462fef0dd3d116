import { type ClientSession, type Connection } from 'mongoose';

import { withinDeadline } from './within-deadline';

/** How long a transaction may take with all its retries, in milliseconds: less than a caller waits for its answer. */
const TRANSACTION_TIMEOUT_MS = 6_500;

/**
 * Does the work in one transaction: all of it or nothing. The work runs again as often as another
 * transaction was faster at the same document, so it must do nothing but read and write by the session.
 * Where it throws, nothing is written; where it aborts the session itself, nothing either, and its result
 * is given back.
 * @throws what the work throws; MongoOperationTimeoutError when there was no answer in time, and it may
 * have been done
 */
export async function inTransaction<T>(
  connection: Connection,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = await connection.getClient().startSession();
  try {
    const transaction = session.withTransaction(() => work(session));
    return await withinDeadline(transaction, TRANSACTION_TIMEOUT_MS);
  } finally {
    // It aborts what is not committed, by the database: nobody waits for that.
    void session.endSession().catch(() => undefined);
  }
}
