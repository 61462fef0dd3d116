import { type mongo } from 'mongoose';

import { type ChatChange } from '../log/log-act';
import { type LogHead } from '../log/log-head';
import { UNASSIGNED } from '../schemas/chat.schema';

/** Unread is what the other side has written less what stood at the read mark. */
const UNREAD_COUNT = {
  user: { $max: [0, { $subtract: ['$written.admin', '$readMarks.user.written.admin'] }] },
  admin: { $max: [0, { $subtract: ['$written.user', '$readMarks.admin.written.user'] }] },
};

/** The last stages of each update of a chat: what follows from the fields that were set before. */
export const DERIVED_FIELDS: readonly mongo.Document[] = [
  { $set: { unreadCount: UNREAD_COUNT } },
  {
    $set: {
      isOpen: { $and: ['$isListed', '$isActive'] },
      hasUnread: { $and: ['$isListed', { $gt: ['$unreadCount.admin', 0] }] },
      isWaiting: { $and: ['$isListed', '$isActive', { $eq: ['$lastSender.role', 'user'] }] },
      openAssignee: {
        $cond: [
          { $and: ['$isListed', '$isActive'] },
          { $toString: { $ifNull: ['$admin', UNASSIGNED] } },
          null,
        ],
      },
    },
  },
];

/**
 * The pipeline that brings a chat document up to its log's head. The head counts only when it is
 * further than what the document knows, so that late, twice and out of order are harmless.
 */
export function headUpdate(head: LogHead, change: ChatChange = {}): mongo.Document[] {
  const isFurther = { $gt: [head.seq, '$lastSeq'] };
  const whenFurther = (field: string, value: unknown) => ({
    $cond: [isFurther, { $literal: value }, `$${field}`],
  });
  const listed = head.lastMessageTime
    ? {
        isListed: { $or: ['$isListed', isFurther] },
        activity: {
          $cond: [
            isFurther,
            { $concat: [head.lastMessageTime.toISOString(), '#', { $toString: '$_id' }] },
            '$activity',
          ],
        },
      }
    : {};
  return [
    {
      $set: {
        lastSeq: whenFurther('lastSeq', head.seq),
        lastEntryAt: whenFurther('lastEntryAt', head.entryAt),
        written: whenFurther('written', head.written),
        lastMessage: whenFurther('lastMessage', head.lastMessage),
        lastMessageTime: whenFurther('lastMessageTime', head.lastMessageTime),
        lastSender: whenFurther('lastSender', head.lastSender),
        lastReplies: {
          $cond: [isFurther, { $literal: head.lastReplies }, { $ifNull: ['$lastReplies', []] }],
        },
        updatedAt: { $max: ['$updatedAt', { $literal: head.entryAt }] },
        ...listed,
        ...(change.admin !== undefined && { admin: { $literal: change.admin } }),
        ...(change.isActive !== undefined && { isActive: { $literal: change.isActive } }),
      },
    },
    ...DERIVED_FIELDS,
  ];
}
