import { randomUUID } from 'node:crypto';

import { type ChatSide, type SystemEventKind } from '@elite-chat/contracts';

import { type EntryDraft } from '../log/log-act';
import { type StoredSystemEvent } from '../schemas/message.schema';

/** Who brings a transition about. */
export interface Actor {
  id: string;
  name: string;
  role: ChatSide;
}

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

/** Nobody answers any more. */
export function unassignedEntry(by: Actor): EntryDraft {
  return entryOf('unassigned', by, `${by.name} unassigned this chat.`);
}

/** The chat is over. */
export function closedEntry(by: Actor): EntryDraft {
  return entryOf('closed', by, `${by.name} closed this chat.`);
}

/** The closed chat goes on: somebody has reopened it, or has written to it. */
export function reopenedEntry(by: Actor): EntryDraft {
  return entryOf('reopened', by, `${by.name} reopened this chat.`);
}

/** Of the actor, which may be more than that, the entry keeps who it is. */
function entryOf(kind: SystemEventKind, { id, name, role }: Actor, message: string): EntryDraft {
  return systemEntry({ kind, by: { id, name, role } }, message);
}
