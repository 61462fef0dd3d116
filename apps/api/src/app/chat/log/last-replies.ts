import { type Types } from 'mongoose';

import { type LastReply } from '../schemas/chat.schema';
import { type Message } from '../schemas/message.schema';

/**
 * The newest message of an admin, and the newest of any other one: enough to know the newest message of
 * an admin other than whoever it may be.
 */
export type LastReplies = readonly LastReply[];

/** After one more entry; only an admin's message changes anything. */
export function withReply(replies: LastReplies, { kind, sender, senderRole, seq }: Message): LastReplies {
  if (kind !== 'message' || sender === null || senderRole !== 'admin') return replies;
  const other = replies.find(({ admin }) => !admin.equals(sender));
  return [{ admin: sender, seq }, ...(other ? [other] : [])];
}

/** The number of the newest message of an admin other than this one; 0 when there is none. */
export function lastReplyOfOthers(replies: LastReplies, admin: Types.ObjectId): number {
  return replies.find((reply) => !reply.admin.equals(admin))?.seq ?? 0;
}
