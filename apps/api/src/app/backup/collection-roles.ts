import { type Connection } from 'mongoose';

import { AuditHeadSchema } from '../audit/schemas/audit-head.schema';
import { ActiveChatSchema } from '../chat/schemas/active-chat.schema';
import { ChatSchema } from '../chat/schemas/chat.schema';
import { CounterSchema } from '../chat/schemas/counter.schema';
import { MessageSchema } from '../chat/schemas/message.schema';

/** Read together, chat by chat: a chat and its log have to fit. */
export const CHATS_COLLECTION = collectionOf(ChatSchema);
export const MESSAGES_COLLECTION = collectionOf(MessageSchema);

/** What follows from the chats, their logs and the audit log: made anew by a restore, so only their indexes are kept. */
export const DERIVED_COLLECTIONS: readonly string[] = [
  collectionOf(ActiveChatSchema),
  collectionOf(AuditHeadSchema),
  collectionOf(CounterSchema),
];

/** The names of the collections that are ours, in order; the server's own begin with `system.`. */
export async function collectionNames(connection: Connection): Promise<string[]> {
  const collections = await connection.listCollections();
  return collections
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'))
    .sort();
}

function collectionOf(schema: { get(option: 'collection'): string | undefined }): string {
  const name = schema.get('collection');
  if (name === undefined) throw new Error('The schema names no collection.');
  return name;
}
