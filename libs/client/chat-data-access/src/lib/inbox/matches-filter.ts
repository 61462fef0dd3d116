import type { ChatDto, InboxFilter } from '@elite-chat/contracts';

/** Whether the server would list the chat under this filter. */
export function matchesFilter(
  { isActive, lastMessageTime, lastSender, unreadCount }: ChatDto,
  filter: InboxFilter,
): boolean {
  // Chats without a message are not in the inbox.
  if (lastMessageTime === null) return false;
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return isActive;
    case 'waiting':
      return isActive && lastSender?.role === 'user';
    case 'unread':
      return unreadCount.admin > 0;
  }
}
