import { ForbiddenException, HttpException, NotFoundException, UnauthorizedException } from '@nestjs/common';
import { mongo } from 'mongoose';

import { ApiError } from './api-error';
import { asRequestError } from './as-request-error';

const fastifyError = (statusCode: number, code: string) =>
  Object.assign(new Error('inner words'), { name: 'FastifyError', statusCode, code });

describe('an error over HTTP', () => {
  it('of ours is told as it is', () => {
    const error = new ApiError('busy', 'Too much to write.', { retryAfter: 3 });
    expect(asRequestError(error)).toBe(error);
  });

  it.each<[unknown, number, string]>([
    [new UnauthorizedException('inner words'), 401, 'unauthorized'],
    [new ForbiddenException('inner words'), 403, 'forbidden'],
    [new NotFoundException('inner words'), 404, 'not_found'],
    [new HttpException('inner words', 405), 404, 'not_found'],
    [new HttpException('inner words', 418), 400, 'validation_failed'],
    [new HttpException('inner words', 429), 429, 'rate_limited'],
    [new HttpException('inner words', 502), 500, 'internal_error'],
    [fastifyError(413, 'FST_ERR_CTP_BODY_TOO_LARGE'), 413, 'payload_too_large'],
    [fastifyError(415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE'), 400, 'validation_failed'],
    [fastifyError(400, 'FST_ERR_CTP_INVALID_JSON_BODY'), 400, 'validation_failed'],
    [fastifyError(500, 'FST_ERR_SEND_INSIDE_ONERR'), 500, 'internal_error'],
    [new TypeError('inner words'), 500, 'internal_error'],
    ['inner words', 500, 'internal_error'],
    [new mongo.MongoServerError({ message: 'inner words', code: 2 }), 500, 'internal_error'],
    [new mongo.MongoServerError({ message: 'inner words', code: 10_107 }), 503, 'unavailable'],
    [new mongo.MongoServerError({ message: 'inner words', code: 91 }), 503, 'unavailable'],
  ])('like %o is told without its words', (error, status, code) => {
    const answer = asRequestError(error);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(JSON.stringify(answer.toBody())).not.toContain('inner words');
  });

  it.each([
    new mongo.MongoNetworkError('inner words'),
    new mongo.MongoNetworkTimeoutError('inner words'),
    new mongo.MongoNotConnectedError('inner words'),
    new mongo.MongoTopologyClosedError('inner words'),
    Object.assign(new Error('inner words'), { name: 'MongooseServerSelectionError' }),
  ])('of a database that does not answer says when to come again: %o', (error) => {
    expect(asRequestError(error).toBody()).toEqual({
      code: 'unavailable',
      message: expect.not.stringContaining('inner words'),
      retryAfter: expect.any(Number),
    });
  });

  it('names the field at fault', () => {
    const fieldOf = (error: unknown) => asRequestError(error).details?.[0]?.field;
    expect(fieldOf(fastifyError(415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE'))).toBe('content-type');
    expect(fieldOf(fastifyError(400, 'FST_ERR_CTP_INVALID_JSON_BODY'))).toBe('body');
    expect(
      fieldOf(new HttpException('', 400, { cause: fastifyError(400, 'FST_ERR_CTP_INVALID_JSON_BODY') })),
    ).toBe('body');
  });
});
