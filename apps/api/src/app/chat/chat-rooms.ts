/** Room of every connected admin. */
export const ADMIN_ROOM = 'admin_room';

/** Room of every connected customer. */
export const CUSTOMER_ROOM = 'customer_room';

/** Room of those who have a chat open. */
export function chatRoom(chatId: string): string {
  return `chat:${chatId}`;
}

/** Room of all sockets of one person. */
export function userRoom(userId: string): string {
  return `user:${userId}`;
}

/** Room of all sockets that signed in with one token. */
export function sessionRoom(tokenFingerprint: string): string {
  return `session:${tokenFingerprint}`;
}
