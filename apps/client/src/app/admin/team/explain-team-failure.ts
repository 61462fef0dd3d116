import type { ChatRequestError } from '@elite-chat/session';
import { explainFailure, type Translate } from '@elite-chat/i18n';

/** What an admin reads about a refused act on an account: what happened and what to do. */
export function explainTeamFailure(error: ChatRequestError, t: Translate): string {
  if (error.code === 'email_taken') return t('team.failure.emailTaken');
  if (error.code === 'not_found') return t('team.failure.gone');
  // The page asks for nothing else that is wrong with the person as such.
  const isLast = error.code === 'validation_failed' && error.details.some(({ field }) => field === 'adminId');
  return isLast ? t('team.failure.lastAdmin') : explainFailure(error, t);
}
