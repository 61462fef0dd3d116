import type { ErrorCode } from '@elite-chat/contracts';

/** Why something failed: a code of the server, or that it was not reached or did not answer. */
export interface Failure {
  readonly code: ErrorCode | 'network' | 'timeout';
  /** Seconds to wait before another try, where the server said so */
  readonly retryAfter?: number;
}

/** What a person reads about a failure: what happened and what to do. */
export function explainFailure({ code, retryAfter }: Failure): string {
  switch (code) {
    case 'network':
      return 'The server can’t be reached. Check your connection and try again.';
    case 'timeout':
      return 'The server did not answer in time. Please try again.';
    case 'busy':
    case 'unavailable':
    case 'internal_error':
      return `The server can’t do that right now. Please try again ${inSeconds(retryAfter)}.`;
    case 'rate_limited':
      return `That was too much at once. Please try again ${inSeconds(retryAfter)}.`;
    case 'unauthorized':
      return 'Your session has ended. Please sign in again.';
    case 'invalid_credentials':
      return 'Email address or password is wrong.';
    case 'email_taken':
      return 'There is an account with this email already. Sign in instead, or use another address.';
    case 'forbidden':
      return 'Your account may not do that.';
    case 'not_found':
      return 'This conversation doesn’t exist.';
    case 'chat_closed':
      return 'This conversation is closed and another one is open. Please write there.';
    case 'stale_reply':
      return 'Somebody else has answered meanwhile. Read their answer, then send again if it is still needed.';
    case 'payload_too_large':
      return 'That is too long to be sent.';
    case 'validation_failed':
      return 'The server did not accept this. Please write it differently.';
    case 'id_reused':
    case 'unknown_event':
      return 'This page is out of date. Please load it again.';
  }
}

function inSeconds(seconds: number | undefined): string {
  if (seconds === undefined) return 'in a moment';
  return seconds < 90 ? `in ${Math.ceil(seconds)} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;
}
