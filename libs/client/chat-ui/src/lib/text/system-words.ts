import type { Translate } from '@elite-chat/i18n';

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
    case 'reopened':
      return t('system.reopened');
    default:
      return message;
  }
}
