import { randomUUID } from 'node:crypto';

import { type EntryDraft } from '../log/log-act';
import { type StoredSystemEvent } from '../schemas/message.schema';

/** An entry of the chat itself: what happened for clients to word, beside an English sentence. */
export function systemEntry(system: StoredSystemEvent, message: string): EntryDraft {
  return {
    sender: null,
    senderName: null,
    senderRole: 'system',
    message,
    messageType: 'text',
    clientMessageId: randomUUID(),
    system,
  };
}

/** An admin now answers. */
export function assignedEntry(admin: { id: string; name: string }): EntryDraft {
  return systemEntry(
    { kind: 'assigned', admin: { id: admin.id, name: admin.name } },
    `${admin.name} now answers this chat.`,
  );
}

/** A message was written to a closed chat. */
export function reopenedEntry(): EntryDraft {
  return systemEntry({ kind: 'reopened' }, 'The chat was reopened.');
}
