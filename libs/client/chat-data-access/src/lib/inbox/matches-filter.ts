import type { ChatDto, InboxFilter } from '@elite-chat/contracts';

/** Whether the server would list the chat under this filter for this admin. */
export function matchesFilter(
  { admin, isActive, lastMessageTime, lastSender, unreadCount }: ChatDto,
  filter: InboxFilter,
  readerId: string | null,
): boolean {
  // Chats without a message are not in the inbox.
  if (lastMessageTime === null) return false;
  switch (filter) {
    case 'all':
      return true;
    case 'mine':
      return isActive && admin !== null && admin.id === readerId;
    case 'unassigned':
      return isActive && admin === null;
    case 'open':
      return isActive;
    case 'waiting':
      return isActive && lastSender?.role === 'user';
    case 'unread':
      return unreadCount.admin > 0;
  }
}
