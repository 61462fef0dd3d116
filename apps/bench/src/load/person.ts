/** Somebody with a chat; the arms other than ours look at neither token nor membership. */
export interface Person {
  token: string;
  chatId: string;
}
