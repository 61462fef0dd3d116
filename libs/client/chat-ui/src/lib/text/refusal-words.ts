import { explainFailure, type Translate } from '@elite-chat/i18n';

import type { DisplayedMessage } from '../thread/displayed-message';

/** What a person reads about a message of theirs that was not sent: why, and what to do. */
export function explainRefusal(entry: DisplayedMessage, t: Translate): string {
  const { error } = entry;
  if (!error) return '';
  const name = nameOfOvertaker(entry);
  return name ? t('overtaken.by', { name }) : t('message.failed', { reason: explainFailure(error, t) });
}

/** The other admin who has answered last; null when nobody of those who have written meanwhile is one. */
function nameOfOvertaker({ message, error }: DisplayedMessage): string | null {
  const answer = error?.messages?.findLast(
    ({ sender, senderRole }) => senderRole === 'admin' && sender !== message.sender,
  );
  return answer?.senderName ?? null;
}
