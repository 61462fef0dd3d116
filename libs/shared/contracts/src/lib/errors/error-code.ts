/**
 * Every error code and the HTTP status it answers with. REST bodies, socket acks and connection
 * errors use the same codes.
 */
export const ERROR_STATUS = {
  /** The input is wrong; `details` names each field. */
  validation_failed: 400,
  /** A socket event that does not exist (acks only). */
  unknown_event: 400,
  /** No token, or one that is wrong, expired or revoked. */
  unauthorized: 401,
  /** Email and password do not belong together. */
  invalid_credentials: 401,
  /** Signed in, but this call is for the other role. */
  forbidden: 403,
  /** It does not exist, or it belongs to somebody else. */
  not_found: 404,
  /** An account with this email exists. */
  email_taken: 409,
  /** The same clientMessageId was used for another content. */
  id_reused: 409,
  /** The chat is closed and another one is active; `details` names it. */
  chat_closed: 409,
  /** Another admin has answered since `basedOnSeq`; `messages` holds what was written meanwhile (admins only). */
  stale_reply: 409,
  /** The body or the socket payload is too large. */
  payload_too_large: 413,
  /** Too many requests; try again after `retryAfter` seconds. */
  rate_limited: 429,
  /** An unexpected fault of the server; the request id finds it in the log. */
  internal_error: 500,
  /** The server has more to write than it may queue; try again after `retryAfter` seconds. */
  busy: 503,
  /** The database did not answer; try again after `retryAfter` seconds. */
  unavailable: 503,
} as const;

/** One of the codes that an error can have. */
export type ErrorCode = keyof typeof ERROR_STATUS;

/** All codes, for schemas and tests. */
export const ERROR_CODES = Object.keys(ERROR_STATUS) as readonly ErrorCode[];
