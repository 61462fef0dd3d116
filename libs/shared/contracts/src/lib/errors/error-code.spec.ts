import { ERROR_CODES, ERROR_STATUS } from './error-code';

describe('the error codes', () => {
  it('answer with the statuses that clients rely on', () => {
    expect(ERROR_STATUS).toMatchObject({
      validation_failed: 400,
      unauthorized: 401,
      invalid_credentials: 401,
      forbidden: 403,
      not_found: 404,
      email_taken: 409,
      id_reused: 409,
      chat_closed: 409,
      stale_reply: 409,
      payload_too_large: 413,
      rate_limited: 429,
      busy: 503,
      unavailable: 503,
    });
  });

  it('are snake_case, each with a status of an error', () => {
    for (const code of ERROR_CODES) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(ERROR_STATUS[code]).toBeGreaterThanOrEqual(400);
    }
  });
});
