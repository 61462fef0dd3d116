import type { ErrorCode } from '@elite-chat/contracts';

import type { Translate } from './translate';
import type { MessageKey } from './words/en';

/** Why something failed: a code of the server, or that it was not reached or did not answer. */
export interface Failure {
  readonly code: ErrorCode | 'network' | 'timeout';
  /** Seconds to wait before another try, where the server said so */
  readonly retryAfter?: number;
}

const WORDS: Record<Failure['code'], MessageKey> = {
  network: 'failure.network',
  timeout: 'failure.timeout',
  busy: 'failure.unavailable',
  unavailable: 'failure.unavailable',
  internal_error: 'failure.unavailable',
  rate_limited: 'failure.rateLimited',
  unauthorized: 'failure.unauthorized',
  invalid_credentials: 'failure.invalidCredentials',
  email_taken: 'failure.emailTaken',
  forbidden: 'failure.forbidden',
  not_found: 'failure.notFound',
  chat_closed: 'failure.chatClosed',
  stale_reply: 'failure.staleReply',
  payload_too_large: 'failure.tooLarge',
  validation_failed: 'failure.notAccepted',
  id_reused: 'failure.outdatedPage',
  unknown_event: 'failure.outdatedPage',
};

/** What a person reads about a failure: what happened and what to do. */
export function explainFailure({ code, retryAfter }: Failure, t: Translate): string {
  return t(WORDS[code], { wait: wordsForWait(retryAfter, t) });
}

function wordsForWait(seconds: number | undefined, t: Translate): string {
  if (seconds === undefined) return t('wait.moment');
  if (seconds < 90) return t.count('wait.seconds', Math.ceil(seconds));
  return t.count('wait.minutes', Math.ceil(seconds / 60));
}
