/** Room of every connected admin. */
export const ADMIN_ROOM = 'admin_room';

/** Room of every connected customer. */
export const CUSTOMER_ROOM = 'customer_room';

const CHAT_ROOM_PREFIX = 'chat:';

/** Room of those who have a chat open. */
export function chatRoom(chatId: string): string {
  return `${CHAT_ROOM_PREFIX}${chatId}`;
}

/** Whether a room is that of a chat. */
export function isChatRoom(room: string): boolean {
  return room.startsWith(CHAT_ROOM_PREFIX);
}

/** Room of all sockets of one person. */
export function userRoom(userId: string): string {
  return `user:${userId}`;
}

/** Room of all sockets that signed in with one token. */
export function sessionRoom(tokenFingerprint: string): string {
  return `session:${tokenFingerprint}`;
}
