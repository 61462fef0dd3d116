import type { SystemActorDto } from '@elite-chat/contracts';
import type { MessageKey, Translate } from '@elite-chat/i18n';

import type { DisplayedMessage } from '../thread/displayed-message';

/** What a person reads of a system message; what this page doesn't know yet stands in the server's words. */
export function explainSystemMessage(
  { message, system }: DisplayedMessage['message'],
  readerId: string | null,
  t: Translate,
): string {
  switch (system?.kind) {
    case 'assigned':
      return system.admin?.id === readerId
        ? t('system.assignedToYou')
        : t('system.assigned', { name: system.admin?.name ?? '' });
    case 'unassigned':
      return wordBy(system.by, readerId, t, { own: 'system.unassignedByYou', other: 'system.unassigned' });
    case 'closed':
      return wordBy(system.by, readerId, t, { own: 'system.closedByYou', other: 'system.closed' });
    case 'reopened':
      // Earlier versions did not tell who it was.
      return system.by
        ? wordBy(system.by, readerId, t, { own: 'system.reopenedByYou', other: 'system.reopenedBy' })
        : t('system.reopened');
    default:
      return message;
  }
}

function wordBy(
  by: SystemActorDto | undefined,
  readerId: string | null,
  t: Translate,
  words: Record<'own' | 'other', MessageKey>,
): string {
  return by?.id === readerId ? t(words.own) : t(words.other, { name: by?.name ?? '' });
}
