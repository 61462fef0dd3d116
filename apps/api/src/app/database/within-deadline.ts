import { mongo } from 'mongoose';

/**
 * What the database answers, or an error where it answers nothing in time: it may still do what it was told,
 * later. The driver's own `timeoutMS` has no effect (mongodb 7.8).
 * @throws MongoOperationTimeoutError after so many milliseconds
 */
export async function withinDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new mongo.MongoOperationTimeoutError(`No answer within ${milliseconds} ms`)),
    milliseconds,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
