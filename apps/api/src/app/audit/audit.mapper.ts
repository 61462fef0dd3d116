import { type AuditEntryDto, type AuditPartyDto } from '@elite-chat/contracts';

import { type AuditEntry, type AuditParty } from './schemas/audit-entry.schema';

/** An entry as it is told. */
export function toAuditEntry({ _id, action, actor, subject, at }: AuditEntry): AuditEntryDto {
  return { seq: _id, action, actor: toParty(actor), subject: toParty(subject), at: at.toISOString() };
}

function toParty({ id, name }: AuditParty): AuditPartyDto {
  return { id: id.toHexString(), name };
}
