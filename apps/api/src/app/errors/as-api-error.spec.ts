import { mongo } from 'mongoose';

import { asApiError } from './as-api-error';

const OUTAGE = { code: 'unavailable', status: 503, retryAfter: 2 };

const serverError = (code: number, labels: string[] = []) =>
  new mongo.MongoServerError({ message: 'inner words', code, errorLabels: labels });
const named = (name: string) => Object.assign(new Error('inner words'), { name });

describe('an error of the database', () => {
  it.each([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436])('with code %i is an outage', (code) => {
    expect(asApiError(serverError(code))).toMatchObject(OUTAGE);
  });

  it.each(['RetryableWriteError', 'TransientTransactionError'])('labelled %s is an outage', (label) => {
    expect(asApiError(serverError(2, [label]))).toMatchObject(OUTAGE);
  });

  it.each([
    named('MongoWaitQueueTimeoutError'),
    named('MongoPoolClosedError'),
    named('MongooseServerSelectionError'),
    new mongo.MongoClientClosedError(),
  ])('%s is an outage', (error) => {
    expect(asApiError(error)).toMatchObject(OUTAGE);
  });

  it.each([serverError(2), serverError(11_000), serverError(2, ['NoWritesPerformed']), named('Error')])(
    'that is none of these (%o) is a fault of ours, told without its words',
    (error) => {
      const answer = asApiError(error);
      expect(answer).toMatchObject({ code: 'internal_error', status: 500 });
      expect(JSON.stringify(answer.toBody())).not.toContain('inner words');
    },
  );
});
